package io.gradstream.benchmarks.peers;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/** What can be compared. */
enum PeerCase {
    PRODUCTS("products", "GFLOP/s", 1, Products::batches),
    ODD("odd-products", "GFLOP/s", 1, Products::odd),
    LARGE("large-products", "GFLOP/s", 1, Products::large),
    FEW("few-rows", "GFLOP/s", 1, Products::few),
    MLP("mlp", "examples/s", 1e9, DenseSteps::mlp),
    LOGISTIC("logistic", "examples/s", 1e9, DenseSteps::logistic),
    LSTM("lstm", "examples/s", 1e9, SequenceSteps::lstm),
    TRANSFORMER("transformer", "examples/s", 1e9, SequenceSteps::transformer),
    CNN("cnn", "examples/s", 1e9, ImageSteps::cnn),
    ATTENTION("attention", "passes/s", 1e9, ForwardPasses::attention),
    SCORE("score", "examples/s", 1e9, ForwardPasses::mlp),
    CLICKS("clicks", "examples/s", 1e9, Clicks::steps),
    FUNCTIONS("functions", "elements/ns", 1, Functions::all);

    private final String title;
    private final String unit;
    private final double scale;
    private final LongFunction<List<Duel>> duels;

    PeerCase(String title, String unit, double scale, LongFunction<List<Duel>> duels) {
        this.title = title;
        this.unit = unit;
        this.scale = scale;
        this.duels = duels;
    }

    /** What a call's work over its nanoseconds, times {@link #scale}, is in. */
    String unit() {
        return unit;
    }

    double scale() {
        return scale;
    }

    List<Duel> duels(long seed) {
        return duels.apply(seed);
    }

    static PeerCase of(String title) {
        for (PeerCase each : values()) {
            if (each.title.equals(title)) {
                return each;
            }
        }
        throw new IllegalArgumentException("there is no case '" + title + "'; there are " + titles());
    }

    static String titles() {
        return Arrays.stream(values()).map(each -> each.title).collect(Collectors.joining(", "));
    }
}
