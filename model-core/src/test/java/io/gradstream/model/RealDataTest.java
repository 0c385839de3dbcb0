package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.model.InputSpec.NumbersInput;
import io.gradstream.model.layers.Activation;
import io.gradstream.model.layers.Conv2d;
import io.gradstream.model.layers.Flatten;
import io.gradstream.model.layers.Init;
import io.gradstream.model.layers.Linear;
import io.gradstream.model.layers.MaxPool;
import io.gradstream.model.layers.Standardise;
import io.gradstream.model.optimizers.OptimizerSpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Learns what text books learn; the data are described beside them. {@code benchmarks/real-data} has more, with other seeds. */
class RealDataTest {
    private static final Path DATA = Path.of("src", "test", "resources", "data");

    /** A row's numbers, and its class. */
    private record Row(float[] numbers, int ofClass) {
        static Row of(String line, float scale) {
            String[] cells = line.split(",");
            float[] numbers = new float[cells.length - 1];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = Float.parseFloat(cells[i]) / scale;
            }
            return new Row(numbers, Integer.parseInt(cells[numbers.length]));
        }
    }

    @Test
    void irisesAreToldApartByTheirLeaves() throws IOException {
        List<NodeSpec> layers = List.of(
                NodeSpec.of("hidden-1", new Linear(64, true, Init.KAIMING_UNIFORM)),
                NodeSpec.of("relu-1", new Activation.Relu()),
                NodeSpec.of("hidden-2", new Linear(64, true, Init.KAIMING_UNIFORM)),
                NodeSpec.of("relu-2", new Activation.Relu()),
                NodeSpec.of("logits", new Linear(3)));
        Learner learner = learner(new NumbersInput("flower", 4, false), layers, OptimizerSpec.adam(0.001f), 16);
        List<Row> rows = new ArrayList<>(Files.readAllLines(DATA.resolve("iris.csv")).stream()
                .skip(1)
                .map(line -> Row.of(line, 1))
                .toList());
        Random random = new Random(1);
        Collections.shuffle(rows, random);
        List<Row> learned = rows.subList(0, 120);
        for (int epoch = 0; epoch < 100; epoch++) {
            Collections.shuffle(learned, random);
            learned.forEach(row -> learn(learner, row));
        }
        long right = rows.subList(120, 150).stream()
                .filter(row -> isRight(learner, row))
                .count();
        assertThat(right).isGreaterThanOrEqualTo(29);
    }

    @Test
    void digitsAreReadInOnePassEachBeforeItIsLearned() throws IOException {
        List<NodeSpec> layers = List.of(
                NodeSpec.of("standardised", new Standardise()),
                NodeSpec.of("conv-1", new Conv2d(32, List.of(3), 1, 1, true, Init.KAIMING_UNIFORM)),
                NodeSpec.of("relu-1", new Activation.Relu()),
                NodeSpec.of("conv-2", new Conv2d(64, List.of(3), 1, 1, true, Init.KAIMING_UNIFORM)),
                NodeSpec.of("relu-2", new Activation.Relu()),
                NodeSpec.of("pool", new MaxPool(2)),
                NodeSpec.of("flat", new Flatten()),
                NodeSpec.of("logits", new Linear(10)));
        Learner learner = learner(new ImageInput("image", 8, 8, 1), layers, OptimizerSpec.adagrad(0.02f), 2);
        List<Row> rows = digits();
        int right = 0;
        for (Row row : rows) {
            right += isRight(learner, row) ? 1 : 0;
            learn(learner, row);
        }
        assertThat((double) right / rows.size()).isGreaterThanOrEqualTo(0.93);
    }

    private static List<Row> digits() throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(DATA.resolve("digits.csv.gz"))), StandardCharsets.UTF_8))) {
            return reader.lines().map(line -> Row.of(line, 16)).toList();
        }
    }

    private static Learner learner(InputSpec input, List<NodeSpec> layers, OptimizerSpec optimizer, int batchSize) {
        return Learner.create(
                ModelSpec.of(List.of(input), layers, Task.MULTICLASS, optimizer).withBatchSize(batchSize));
    }

    private static void learn(Learner learner, Row row) {
        learner.learn(row.numbers, 0, new int[0], 0, row.ofClass, 1);
    }

    private static boolean isRight(Learner learner, Row row) {
        Batch one = new Batch(learner.layout(), 1);
        one.add(row.numbers, 0, new int[0], 0);
        float[] scores = new float[learner.outputs()];
        learner.score(one, scores);
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            best = scores[i] > scores[best] ? i : best;
        }
        return best == row.ofClass;
    }
}
