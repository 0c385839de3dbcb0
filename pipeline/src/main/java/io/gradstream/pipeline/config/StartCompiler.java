package io.gradstream.pipeline.config;

import io.gradstream.model.Learner;
import io.gradstream.model.Model;
import io.gradstream.model.ModelSpec;
import io.gradstream.model.PyTorchWeights;
import io.gradstream.model.snapshots.SnapshotException;
import io.gradstream.pipeline.config.Pipeline.StartFrom;
import java.util.List;

/** Where the first model comes from. */
final class StartCompiler {

    private final PipelineSpec spec;
    private final Resources resources;
    private final Problems problems;

    StartCompiler(PipelineSpec spec, Resources resources, Problems problems) {
        this.spec = spec;
        this.resources = resources;
        this.problems = problems;
    }

    /** Where the first model comes from; null after a problem. */
    StartFrom startFrom(ModelSpec model) {
        List<String> at = List.of("start-from");
        String text = spec.startFrom();
        if (spec.initialWeights().isPresent()) {
            if (!text.equals("scratch")) {
                problems.add(at, "must be scratch where initial-weights are given, was " + text);
            }
            return model == null ? null : initialWeights(spec.initialWeights().get(), model);
        }
        if (text.equals("scratch")) {
            return new StartFrom.Scratch();
        }
        if (text.equals("topic")) {
            if (spec.output().snapshots().isEmpty()) {
                problems.add(at, "topic needs output.snapshots");
            }
            return new StartFrom.Topic();
        }
        byte[] snapshot = resources.snapshot(at, text);
        if (snapshot == null || model == null) {
            return null;
        }
        try {
            Learner.read(snapshot, model);
            About.difference(
                            About.of(spec, null, null),
                            Model.read(snapshot).info().about())
                    .ifPresent(difference -> problems.add(at, "the model in " + text + " is another: " + difference));
        } catch (SnapshotException | IllegalArgumentException e) {
            problems.add(at, text + " cannot be gone on from: " + e.getMessage());
        }
        return new StartFrom.Snapshot(text, snapshot);
    }

    /** A model from scratch that has taken its weights from a file: a snapshot of 0 steps, in a lineage of its own. */
    private StartFrom initialWeights(InitialWeightsSpec weights, ModelSpec model) {
        List<String> at = List.of("initial-weights");
        byte[] file = resources.snapshot(List.of("initial-weights", "file"), weights.file());
        if (file == null) {
            return null;
        }
        try {
            Learner learner = Learner.create(model);
            PyTorchWeights.load(learner, file, weights.names());
            return new StartFrom.Snapshot(weights.file(), learner.snapshot(About.of(spec, null, null)));
        } catch (SnapshotException | IllegalArgumentException e) {
            problems.add(at, e.getMessage());
            return null;
        }
    }
}
