package io.gradstream.model;

import io.gradstream.model.GuardedCase.Source;
import io.gradstream.model.InputSpec.NumbersInput;
import io.gradstream.model.optimizers.OptimizerSpec;
import io.gradstream.model.optimizers.OptimizerSpec.Adagrad;
import io.gradstream.model.optimizers.OptimizerSpec.Adam;
import io.gradstream.model.optimizers.OptimizerSpec.AdamW;
import io.gradstream.model.optimizers.OptimizerSpec.Ftrl;
import io.gradstream.model.optimizers.OptimizerSpec.RmsProp;
import io.gradstream.model.optimizers.OptimizerSpec.Sgd;
import java.util.ArrayList;
import java.util.List;

/** Models whose learning rate is a multiple of the usual one. */
final class RuinedStreams {
    private static final int EXAMPLES = 60_000;
    private static final List<InputSpec> NUMBERS = List.of(new NumbersInput("numbers", 4, false));

    private RuinedStreams() {}

    /** Usual rates, so many times. */
    static List<OptimizerSpec> rates(float times) {
        return List.of(
                new Sgd(0.1f * times, 0, false),
                new Sgd(0.05f * times, 0.9f, false),
                new Adagrad(0.05f * times, 1e-10f),
                new RmsProp(0.001f * times, 0.99f, 1e-8f),
                new Adam(0.001f * times, 0.9f, 0.999f, 1e-8f),
                new AdamW(0.001f * times, 0.9f, 0.999f, 1e-8f, 0.01f),
                new Ftrl(0.1f * times, 1, 0, 0));
    }

    static List<GuardedCase> all(float times) {
        List<GuardedCase> all = new ArrayList<>();
        for (OptimizerSpec optimizer : rates(times)) {
            for (int size : new int[] {64, 8}) {
                String name = ", batches of " + size + ", " + optimizer;
                all.add(of("binary" + name, HealthyStreams.mlp(Task.BINARY, optimizer), size, binary()));
                all.add(of("regression" + name, HealthyStreams.mlp(Task.REGRESSION, optimizer), size, regression()));
                List<NodeSpec> layers = Presets.mlp(NUMBERS, 5, List.of(16), 4, 0);
                all.add(of(
                        "classes" + name, ModelSpec.of(NUMBERS, layers, Task.MULTICLASS, optimizer), size, classes()));
            }
        }
        return all;
    }

    private static GuardedCase of(String name, ModelSpec spec, int size, Source source) {
        return new GuardedCase(name, spec.withBatchSize(size), EXAMPLES, source);
    }

    static Source binary() {
        return HealthyStreams.binary(-1.5);
    }

    private static Source regression() {
        return (row, random, at) -> {
            HealthyStreams.gaussian(row, random);
            row.target = (float) (row.numbers[0] - 0.5 * row.numbers[1] + 3 + random.nextGaussian());
        };
    }

    private static Source classes() {
        return (row, random, at) -> {
            HealthyStreams.gaussian(row, random);
            double signal = row.numbers[0] + 0.5 * row.numbers[1] + 0.5 * random.nextGaussian();
            row.target = signal > 1.5 ? 4 : signal > 1 ? 3 : signal > 0.5 ? 2 : signal > -1 ? 1 : 0;
        };
    }
}
