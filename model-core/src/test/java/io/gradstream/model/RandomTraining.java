package io.gradstream.model;

import io.gradstream.model.losses.BinaryCrossEntropy;
import io.gradstream.model.losses.CrossEntropy;
import io.gradstream.model.losses.Focal;
import io.gradstream.model.losses.Hinge;
import io.gradstream.model.losses.Huber;
import io.gradstream.model.losses.LossSpec;
import io.gradstream.model.losses.MeanAbsoluteError;
import io.gradstream.model.losses.MeanSquaredError;
import io.gradstream.model.losses.Poisson;
import io.gradstream.model.losses.Quantile;
import io.gradstream.model.optimizers.Clipping;
import io.gradstream.model.optimizers.OptimizerSpec;
import io.gradstream.model.optimizers.Regularisation;
import io.gradstream.model.optimizers.ScheduleSpec;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** How a random model is trained: a loss that fits its task, an optimizer, and what goes with it. */
final class RandomTraining {
    private final Random random;

    RandomTraining(Random random) {
        this.random = random;
    }

    LossSpec loss(Task task) {
        return switch (task) {
            case BINARY ->
                switch (random.nextInt(4)) {
                    case 0 -> new BinaryCrossEntropy(Optional.empty());
                    case 1 -> new BinaryCrossEntropy(Optional.of(0.5f + 2 * random.nextFloat()));
                    case 2 ->
                        new Focal(3 * random.nextFloat(), random.nextBoolean() ? Optional.of(0.3f) : Optional.empty());
                    default -> new Hinge();
                };
            case MULTICLASS ->
                new CrossEntropy(
                        random.nextBoolean() ? Optional.of(0.2f) : Optional.empty(),
                        random.nextBoolean() ? Optional.of(List.of(0.5f, 1f, 2f)) : Optional.empty());
            case REGRESSION ->
                switch (random.nextInt(5)) {
                    case 0 -> new MeanSquaredError();
                    case 1 -> new MeanAbsoluteError();
                    case 2 -> new Huber(0.1f + random.nextFloat());
                    case 3 -> new Quantile(0.1f + 0.8f * random.nextFloat());
                    default -> new Poisson();
                };
        };
    }

    ModelSpec with(ModelSpec spec) {
        OptimizerSpec optimizer = optimizer();
        ModelSpec trained = ModelSpec.of(spec.inputs(), spec.layers(), spec.task(), optimizer)
                .withLoss(spec.loss())
                .withClipping(new Clipping(
                        random.nextBoolean() ? 0 : 0.2f * random.nextFloat(),
                        random.nextBoolean() ? 0 : 2 * random.nextFloat()));
        // FTRL has both of its own.
        return optimizer instanceof OptimizerSpec.Ftrl
                ? trained
                : trained.withSchedule(schedule())
                        .withRegularisation(
                                new Regularisation(random.nextBoolean() ? 0 : 0.01f, random.nextBoolean() ? 0 : 0.01f));
    }

    private OptimizerSpec optimizer() {
        float rate = 0.001f + 0.004f * random.nextFloat();
        return switch (random.nextInt(8)) {
            case 0 -> new OptimizerSpec.Sgd(rate, 0, false);
            case 1 -> new OptimizerSpec.Sgd(rate, 0.9f, false);
            case 2 -> new OptimizerSpec.Sgd(rate, 0.8f, true);
            case 3 -> new OptimizerSpec.Adagrad(rate, 1e-10f);
            case 4 -> new OptimizerSpec.RmsProp(rate, 0.95f, 1e-8f);
            case 5 -> new OptimizerSpec.Adam(rate, 0.9f, 0.99f, 1e-8f);
            case 6 -> new OptimizerSpec.AdamW(rate, 0.8f, 0.999f, 1e-6f, 0.02f);
            default -> new OptimizerSpec.Ftrl(rate, 1, 0.1f * random.nextInt(2), 0.1f * random.nextInt(2));
        };
    }

    private ScheduleSpec schedule() {
        return switch (random.nextInt(5)) {
            case 0 -> new ScheduleSpec.Constant();
            case 1 -> new ScheduleSpec.Warmup(1 + random.nextInt(9));
            case 2 -> new ScheduleSpec.Step(1 + random.nextInt(3), 0.5f);
            case 3 -> new ScheduleSpec.InverseSqrt(1 + random.nextInt(5));
            default -> new ScheduleSpec.Cosine(1, 10, 0.1f);
        };
    }
}
