package io.gradstream.model;

import io.gradstream.model.losses.BinaryCrossEntropy;
import io.gradstream.model.losses.CrossEntropy;
import io.gradstream.model.losses.LossSpec;
import io.gradstream.model.losses.MeanSquaredError;
import io.gradstream.model.optimizers.Clipping;
import io.gradstream.model.optimizers.OptimizerSpec;
import io.gradstream.model.optimizers.Regularisation;
import io.gradstream.model.optimizers.ScheduleSpec;
import io.gradstream.model.spec.Default;
import io.gradstream.model.spec.Doc;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * All that decides a model's tensors and arithmetic. Two learners of equal specs that learn the same rows have equal bits.
 *
 * @param inputs the slices of a row, in their order
 * @param layers the layers, each after those it reads; the last one gives the logits
 * @param task what is learned
 * @param loss what is minimised
 * @param optimizer how weights follow the gradient
 * @param schedule how the learning rate changes with the steps
 * @param clipping limits on the gradient
 * @param regularisation what is added to the gradient to keep weights small
 * @param batchSize rows of a mini-batch: a step is made when so many are pending
 * @param seed of the initial weights and of dropout
 */
@Doc("A model: what decides its tensors and arithmetic.")
public record ModelSpec(
        @Doc("The slices of a row, in their order.") List<InputSpec> inputs,

        @Doc("The layers, each after those it reads; the last one gives the logits.")
        List<NodeSpec> layers,

        @Doc("What is learned.") Task task,
        @Doc("What is minimised.") LossSpec loss,
        @Doc("How weights follow the gradient.") OptimizerSpec optimizer,

        @Doc("How the learning rate changes with the steps.") @Default("constant")
        ScheduleSpec schedule,

        @Doc("Limits on the gradient.") @Default("{}") Clipping clipping,
        @Doc("What keeps weights small.") @Default("{}") Regularisation regularisation,
        @Doc("Rows of a mini-batch.") @Default("64") int batchSize,

        @Doc("Of the initial weights and of dropout.") @Default("1")
        long seed) {
    public ModelSpec {
        inputs = List.copyOf(inputs);
        layers = List.copyOf(layers);
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("inputs must name at least one");
        }
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("layers must hold at least one");
        }
        if (batchSize < 1) {
            throw new IllegalArgumentException("batch-size must be at least 1, was " + batchSize);
        }
        if (!task.fits(loss)) {
            throw new IllegalArgumentException("loss must take the targets of a "
                    + task.name().toLowerCase(Locale.ROOT) + " model, was " + loss.kind());
        }
        if (optimizer instanceof OptimizerSpec.Ftrl) {
            if (!regularisation.equals(Regularisation.NONE)) {
                throw new IllegalArgumentException(
                        "regularisation must be off with ftrl, which has l1 and l2 of its own");
            }
            if (!(schedule instanceof ScheduleSpec.Constant)) {
                throw new IllegalArgumentException(
                        "schedule must be constant with ftrl, which lowers its rates itself");
            }
        }
    }

    /** A spec with the task's usual loss, a constant learning rate, no clipping, no regularisation, batches of 64 and seed 1. */
    public static ModelSpec of(List<InputSpec> inputs, List<NodeSpec> layers, Task task, OptimizerSpec optimizer) {
        return new ModelSpec(
                inputs,
                layers,
                task,
                usualLoss(task),
                optimizer,
                new ScheduleSpec.Constant(),
                Clipping.NONE,
                Regularisation.NONE,
                64,
                1);
    }

    /** The loss that is usual for a task. */
    public static LossSpec usualLoss(Task task) {
        return switch (task) {
            case BINARY -> new BinaryCrossEntropy();
            case MULTICLASS -> new CrossEntropy();
            case REGRESSION -> new MeanSquaredError();
        };
    }

    /** The same with another loss. */
    public ModelSpec withLoss(LossSpec other) {
        return new ModelSpec(
                inputs, layers, task, other, optimizer, schedule, clipping, regularisation, batchSize, seed);
    }

    /** The same with another optimizer. */
    public ModelSpec withOptimizer(OptimizerSpec other) {
        return new ModelSpec(inputs, layers, task, loss, other, schedule, clipping, regularisation, batchSize, seed);
    }

    /** The same with another schedule. */
    public ModelSpec withSchedule(ScheduleSpec other) {
        return new ModelSpec(inputs, layers, task, loss, optimizer, other, clipping, regularisation, batchSize, seed);
    }

    /** The same with other limits on the gradient. */
    public ModelSpec withClipping(Clipping other) {
        return new ModelSpec(inputs, layers, task, loss, optimizer, schedule, other, regularisation, batchSize, seed);
    }

    /** The same with other regularisation. */
    public ModelSpec withRegularisation(Regularisation other) {
        return new ModelSpec(inputs, layers, task, loss, optimizer, schedule, clipping, other, batchSize, seed);
    }

    /** The same with another mini-batch size. */
    public ModelSpec withBatchSize(int rows) {
        return new ModelSpec(inputs, layers, task, loss, optimizer, schedule, clipping, regularisation, rows, seed);
    }

    /** The same with another seed. */
    public ModelSpec withSeed(long other) {
        return new ModelSpec(
                inputs, layers, task, loss, optimizer, schedule, clipping, regularisation, batchSize, other);
    }

    /** SHA-256, as lower-case hex, of the spec's canonical JSON text. */
    public String hash() {
        return SpecHash.of(this);
    }

    /**
     * Why a learner of this spec cannot go on from a model of another one; also, why the two do not score with the same tensors. They may
     * differ in schedule, clipping, batch size and, but for FTRL, learning rate.
     *
     * @return the first setting that differs, as in {@code layers[2].units: wanted 64, the snapshot has 32}; empty if none does
     */
    public Optional<String> difference(ModelSpec saved) {
        return SpecDifference.first(this, saved);
    }

    /** The widths of a row: the sums over the inputs. */
    public InputLayout layout() {
        int numbers = 0;
        int ids = 0;
        for (InputSpec input : inputs) {
            numbers = Math.addExact(numbers, input.numbers());
            ids = Math.addExact(ids, input.ids());
        }
        return new InputLayout(numbers, ids);
    }
}
