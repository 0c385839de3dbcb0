package io.gradstream.pipeline.learn;

/** For which ids of the join something is to be done, and when: see {@link EntryStore#wakeAt}. */
interface Wakes {

    /** Is told of the ids whose time has come. */
    interface Sleeper {
        void wake(String id, long time) throws StateException;
    }

    /**
     * Asks for a wake of {@code id}, the current key, once the clock has reached {@code time}. One that is over by now comes with the next
     * {@link #advance}.
     */
    void at(String id, long time);

    /** The clock has reached {@code time}: wakes all that is due, also what is asked for meanwhile, in the order of their times. */
    void advance(long time) throws StateException;
}
