package io.gradstream.pipeline.learn;

import io.gradstream.model.Learner;
import io.gradstream.model.Model;
import io.gradstream.model.snapshots.SnapshotException;
import io.gradstream.pipeline.config.Pipeline;
import java.util.Optional;

/** A learner that was saved, in a checkpoint, a topic or a file, and is to go on in a pipeline. */
public final class SavedLearner {

    private SavedLearner() {}

    /**
     * Reads a learner, if the pipeline is the one it learned in: its model, and what its inputs and its target mean.
     *
     * @param where it was saved, for the message
     * @throws StateException naming the first thing that differs
     */
    public static Learner read(Pipeline pipeline, byte[] snapshot, String where) throws StateException {
        try {
            Optional<String> difference =
                    pipeline.difference(Model.read(snapshot).info().about());
            if (difference.isPresent()) {
                throw refused(where, difference.get(), null);
            }
            return Learner.read(snapshot, pipeline.model());
        } catch (SnapshotException e) {
            throw refused(where, e.getMessage(), e);
        }
    }

    private static StateException refused(String where, String why, Exception cause) {
        return new StateException(
                "the model in " + where + " cannot be gone on from: " + why
                        + ". Use the pipeline that it learned in, or begin with start-from: scratch and without a checkpoint",
                cause);
    }
}
