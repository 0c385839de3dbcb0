package io.gradstream.model.statistics;

import java.util.List;

/** The sums from which the metrics of one task are computed, over some examples. */
sealed interface Tally permits ClassTally, ValueTally {
    /** The metrics, in their order. */
    List<String> names();

    /** What one example, whose served scores are finite, adds to the sum of losses. */
    double loss(float[] served, int at, float target);

    /** Adds one example, whose served scores are finite and whose {@link #loss} is given. */
    void add(float[] served, int at, float target, double loss, float majorityServed, float lastServed);

    /** Writes the metrics, as many as there are names; each finite. Allocates nothing. */
    void metrics(double[] into);

    void clear();

    void write(StateOutput out);

    void read(StateInput in);
}
