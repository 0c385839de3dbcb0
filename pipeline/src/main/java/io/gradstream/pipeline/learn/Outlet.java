package io.gradstream.pipeline.learn;

import io.gradstream.connectors.records.DeadLetter;
import io.gradstream.connectors.records.Evaluation;
import io.gradstream.model.statistics.Report;
import java.util.Map;

/** Where the core's results go. */
interface Outlet {

    /**
     * A row of the micro-batch was scored; its scores are in {@code rows.scores()} until this returns.
     *
     * @param version of the weights that scored it
     * @param age ms of event time since those weights' last step, or -1 if there was none
     */
    void prediction(MicroBatch rows, int row, long version, long age);

    /**
     * A row of the micro-batch got a score that is no number, which nobody is to see: a dead letter goes out in place of the prediction.
     *
     * @param version of the weights that scored it
     */
    void notScored(MicroBatch rows, int row, long version);

    /** A record could not be used. */
    void deadLetter(DeadLetter record);

    /**
     * A window of labelled examples is full, or the input has ended.
     *
     * @param scope the last window, or everything
     * @param time event time of the last label in it
     */
    void evaluation(Evaluation.Scope scope, Report report, long version, long time);

    /**
     * A snapshot is due.
     *
     * @param bytes the whole learner
     * @param time event time of the last step in it
     * @param about what it says of itself; it is in the bytes too
     */
    void snapshot(byte[] bytes, long version, long time, Map<String, String> about);
}
