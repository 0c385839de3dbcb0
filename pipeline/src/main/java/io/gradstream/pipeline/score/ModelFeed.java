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

        /** A snapshot could not be taken; one sentence. */
        void refused(String problem);

        /** None can be read for now; one sentence. */
        void unreadable(String problem);

        /** There is nothing for snapshots to come from; it is waited for. */
        void missing();

        /** What was {@link #missing} is there now. */
        void found();

        /** All that was there at the start, or after it could not be read, has come. */
        void caughtUp();
    }
}
