package io.gradstream.pipeline.learn;

import io.gradstream.model.InputSpec;
import io.gradstream.model.ModelSpec;
import io.gradstream.model.Presets;
import io.gradstream.model.Task;
import io.gradstream.model.optimizers.OptimizerSpec;
import io.gradstream.pipeline.examples.Example;
import io.gradstream.pipeline.examples.Label;
import java.util.List;

/** A small model and its rows: two numbers, one of which decides the label. */
final class Specs {

    private Specs() {}

    static ModelSpec small(int batchSize) {
        List<InputSpec> inputs = List.of(new InputSpec.NumbersInput("numbers", 2, false));
        return ModelSpec.of(inputs, Presets.logistic(inputs, 1), Task.BINARY, new OptimizerSpec.Sgd(0.1f, 0.9f, false))
                .withBatchSize(batchSize);
    }

    static Example event(String id, long time, long offset) {
        Example example = new Example();
        example.id = id;
        example.time = time;
        example.offset = offset;
        example.numbers = new float[] {(float) Math.sin(offset * 1.7), (float) Math.cos(offset * 0.3)};
        return example;
    }

    static Label label(String id, long time, long offset, float value) {
        Label label = new Label();
        label.id = id;
        label.time = time;
        label.topic = 1;
        label.offset = offset;
        label.value = value;
        return label;
    }
}
