package io.gradstream.pipeline.jobs;

import io.gradstream.connectors.kafka.SnapshotFollower;
import io.gradstream.connectors.kafka.SnapshotTopicException;
import io.gradstream.connectors.records.Snapshot;
import io.gradstream.model.Learner;
import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.config.Pipeline.StartFrom;
import io.gradstream.pipeline.learn.FirstModel;
import io.gradstream.pipeline.learn.SavedLearner;
import io.gradstream.pipeline.learn.Start;
import io.gradstream.pipeline.learn.StateException;
import java.time.Duration;

/** The learner to begin with when there is no checkpoint: {@code start-from: scratch | topic | FILE}. */
final class FirstModels {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private FirstModels() {}

    static FirstModel asSaidBy(Pipeline pipeline) {
        StartFrom from = pipeline.startFrom();
        return asked -> load(asked, from);
    }

    private static Start load(Pipeline pipeline, StartFrom from) throws StateException, SnapshotTopicException {
        if (from instanceof StartFrom.Snapshot file) {
            return SavedLearner.read(pipeline, file.bytes(), "the file " + file.file());
        }
        if (from instanceof StartFrom.Topic) {
            Snapshot newest = newest(pipeline);
            return SavedLearner.read(
                    pipeline,
                    newest.bytes(),
                    "version " + newest.manifest().version() + " in topic "
                            + pipeline.outputs().snapshots());
        }
        return Start.scratch(Learner.create(pipeline.model(), pipeline.guard()));
    }

    private static Snapshot newest(Pipeline pipeline) throws StateException, SnapshotTopicException {
        String topic = pipeline.outputs().snapshots();
        return SnapshotFollower.latest(pipeline.kafka(), topic, pipeline.name(), PATIENCE)
                .orElseThrow(() -> new StateException("start-from is 'topic', but topic " + topic
                        + " holds no snapshot of model '" + pipeline.name() + "'. Begin with start-from: scratch"));
    }
}
