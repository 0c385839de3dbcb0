package io.gradstream.pipeline.score;

import io.gradstream.connectors.records.Snapshot;
import java.io.Serializable;

/** Where a scoring job gets its models from. */
@FunctionalInterface
public interface ModelFeed extends Serializable {

    /** Starts to feed the listener, from a thread of its own, until what is returned is closed. */
    AutoCloseable start(Listener listener);

    /** Takes what comes. */
    interface Listener {

        /** A whole snapshot, newer than the last one; refused by throwing. */
        void accepted(Snapshot snapshot);

        /** A snapshot could not be taken, or none can be read for now; one sentence. */
        void refused(String problem);

        /** All that was there at the start has come. */
        void caughtUp();
    }
}
