package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.model.layers.BatchNorm;
import io.gradstream.model.layers.Flatten;
import io.gradstream.model.layers.Linear;
import io.gradstream.model.layers.ShapeException;
import io.gradstream.model.optimizers.OptimizerSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Mini-batches that have no variance. */
class BatchNormTest {
    /** As PyTorch refuses one value a channel while training. */
    @Test
    void batchNormOfOneVectorIsRefused() {
        List<InputSpec> numbers = List.of(new InputSpec.NumbersInput("x", 3, false));
        List<NodeSpec> layers = List.of(
                NodeSpec.of("hidden", new Linear(4)),
                NodeSpec.of("norm", new BatchNorm()),
                NodeSpec.of("out", new Linear(1)));
        ModelSpec spec = ModelSpec.of(numbers, layers, Task.BINARY, OptimizerSpec.sgd(0.1f));
        assertThatThrownBy(() -> Memory.of(spec.withBatchSize(1)))
                .isInstanceOf(ShapeException.class)
                .hasMessage(
                        "layers[1] 'norm' (batch-norm): wanted mini-batches of at least 2 vectors, since one alone has"
                                + " no variance, came batch-size 1 and rows of numbers (4) from 'hidden'");
        assertThatThrownBy(() -> Learner.read(Learner.create(spec).snapshot(Map.of()), spec.withBatchSize(1)))
                .hasMessageContaining("layers[1] 'norm' (batch-norm): wanted mini-batches of at least 2 vectors");
        Memory.of(spec.withBatchSize(2));
        List<InputSpec> image = List.of(new ImageInput("x", 2, 1, 1));
        List<NodeSpec> pixels = List.of(
                NodeSpec.of("norm", new BatchNorm()),
                NodeSpec.of("flat", new Flatten()),
                NodeSpec.of("out", new Linear(1)));
        Learner learner = Learner.create(ModelSpec.of(image, pixels, Task.BINARY, OptimizerSpec.sgd(0.1f))
                .withBatchSize(1));
        learner.learn(new float[] {1, 3}, 0, null, 0, 1, 1);
        assertThat(learner.steps()).isEqualTo(1);
    }
}
