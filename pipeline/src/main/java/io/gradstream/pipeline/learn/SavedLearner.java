package io.gradstream.pipeline.learn;

import io.gradstream.model.Learner;
import io.gradstream.model.Model;
import io.gradstream.model.guard.Guard;
import io.gradstream.model.snapshots.SnapshotException;
import io.gradstream.pipeline.config.Pipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A learner that was saved, in a checkpoint, a topic or a file, and is to go on in a pipeline. */
public final class SavedLearner {

    private static final Logger LOG = LoggerFactory.getLogger(SavedLearner.class);

    private SavedLearner() {}

    /**
     * Reads a learner, if the pipeline is the one it learned in: its model, and what its inputs and its target mean.
     *
     * @param where it was saved, for the message
     * @throws StateException naming the first thing that differs
     */
    public static Start read(Pipeline pipeline, byte[] snapshot, String where) throws StateException {
        return read(pipeline, snapshot, where, new byte[0], Map.of(), false);
    }

    /** The same of a checkpoint, if labels come the way that they did for it, or nothing is lost if not. */
    static Start read(Pipeline pipeline, LearnState state) throws StateException {
        boolean moved = pipeline.labelInEvent() ? state.labelsApart() : state.labelsInEvents();
        return read(pipeline, state.learner(), "the checkpoint", state.guard(), state.settings(), moved);
    }

    /**
     * The same, with what was saved beside the model.
     *
     * @param guard state of the learner's guard; empty if it had none
     * @param before {@link Settings#of(Pipeline)} of the pipeline that saved it; empty if that is not known
     * @param moved whether labels came another way
     */
    private static Start read(
            Pipeline pipeline, byte[] snapshot, String where, byte[] guard, Map<String, String> before, boolean moved)
            throws StateException {
        try {
            Model saved = Model.read(snapshot);
            Optional<String> difference = pipeline.difference(saved.info().about());
            if (difference.isPresent()) {
                throw refused(where, difference.get(), null);
            }
            if (moved) {
                throw labelsMoved(pipeline, where);
            }
            Learner learner = Learner.read(snapshot, pipeline.model(), pipeline.guard(), guard);
            if (pipeline.guard().enabled() && guard.length > 0 && Guard.isOlder(guard)) {
                LOG.info(
                        "pipeline '{}': the guard begins anew, since its state in {} is of an older version",
                        pipeline.name(),
                        where);
            }
            List<String> changes =
                    new ArrayList<>(Settings.changes(Settings.of(saved.spec()), Settings.of(pipeline.model())));
            if (!before.isEmpty()) {
                changes.addAll(Settings.changes(before, pipeline));
            }
            if (!changes.isEmpty()) {
                LOG.info(
                        "pipeline '{}' goes on from {} with other settings: {}",
                        pipeline.name(),
                        where,
                        String.join(", ", changes));
            }
            return new Start(learner, SnapshotAbout.eventTime(saved.info().about()));
        } catch (SnapshotException e) {
            throw refused(where, e.getMessage(), e);
        }
    }

    private static StateException labelsMoved(Pipeline pipeline, String where) {
        String here = pipeline.labelInEvent() ? "in the events" : "on a topic of their own (label.topic)";
        String there = pipeline.labelInEvent() ? "on a topic of their own" : "in the events";
        return new StateException("labels are " + here + " here, and were " + there + " for " + where
                + ": what it remembers of events, and what waits in it, would be lost. Go on from its model, without the checkpoint:"
                + " start-from: topic, and start-offsets: committed");
    }

    private static StateException refused(String where, String why, Exception cause) {
        return new StateException(
                "the model in " + where + " cannot be gone on from: " + why
                        + ". Use the pipeline that it learned in, or begin with start-from: scratch and without a checkpoint",
                cause);
    }
}
