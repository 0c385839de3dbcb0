package io.gradstream.pipeline.config;

import io.gradstream.model.InputSpec;
import io.gradstream.model.Memory;
import io.gradstream.model.ModelSpec;
import io.gradstream.model.NodeSpec;
import io.gradstream.model.Task;
import io.gradstream.model.losses.LossSpec;
import io.gradstream.pipeline.features.FeaturePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The model's spec: its layers over the inputs that the features fill. */
final class ModelCompiler {

    /** Keys of the model's spec that are keys of the file; messages about them begin with them. */
    private static final Set<String> OWN_KEYS = Set.of("batch-size", "loss", "regularisation", "schedule");

    private ModelCompiler() {}

    /** The spec; null after a problem. */
    static ModelSpec compile(PipelineSpec spec, FeaturePlan features, int classes, Problems problems) {
        if (features.inputs().isEmpty()) {
            return null;
        }
        try {
            int outputs = spec.task() == Task.MULTICLASS ? classes : 1;
            List<NodeSpec> layers = spec.model().layers(complete(features.inputs()), outputs);
            LossSpec loss = loss(spec);
            if (!spec.task().fits(loss)) {
                problems.add(
                        List.of("loss"),
                        "does not fit the task; leave it out, or give "
                                + ModelSpec.usualLoss(spec.task()).kind() + ", was " + loss.kind());
                return null;
            }
            ModelSpec model = new ModelSpec(
                    features.inputs(),
                    layers,
                    spec.task(),
                    loss,
                    spec.optimizer(),
                    spec.schedule(),
                    spec.clipping(),
                    spec.regularisation(),
                    spec.batchSize(),
                    spec.seed());
            Optional<String> tooLarge = SnapshotLimit.problem(Memory.of(model), spec.guard());
            tooLarge.ifPresent(problem -> problems.add(List.of("model"), problem));
            return tooLarge.isPresent() ? null : model;
        } catch (IllegalArgumentException e) {
            String[] message = String.valueOf(e.getMessage()).split(" ", 2);
            boolean ofKey = OWN_KEYS.contains(message[0]) && message.length == 2;
            problems.add(List.of(ofKey ? message[0] : "model"), ofKey ? message[1] : e.getMessage());
            return null;
        }
    }

    /** The loss that the file names, else the task's own. */
    static LossSpec loss(PipelineSpec spec) {
        return spec.loss().orElseGet(() -> ModelSpec.usualLoss(spec.task()));
    }

    /**
     * The inputs as if no number were ever missing. Presets would else add an indicator to each number; which numbers get one is the
     * features' choice, and standardisation puts 0, the running mean, where a number is missing.
     */
    private static List<InputSpec> complete(List<InputSpec> inputs) {
        List<InputSpec> complete = new ArrayList<>();
        for (InputSpec input : inputs) {
            complete.add(
                    input instanceof InputSpec.NumbersInput numbers
                            ? new InputSpec.NumbersInput(numbers.name(), numbers.width(), false)
                            : input);
        }
        return complete;
    }
}
