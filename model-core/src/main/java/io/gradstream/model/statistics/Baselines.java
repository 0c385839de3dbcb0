package io.gradstream.model.statistics;

/**
 * What a model has to beat: the class that came most often so far (of equal ones the lower; for regression the mean), and the outcome
 * that became known last. Both know an outcome when the learner does, no earlier.
 */
final class Baselines {
    private final long[] came;
    private int majority;
    private long examples;
    private double mean;
    private float last;

    /** For so many classes; 0 for regression. */
    Baselines(int classes) {
        came = new long[classes];
    }

    float majority() {
        return came.length == 0 ? (float) mean : majority;
    }

    float last() {
        return last;
    }

    void known(float target) {
        examples++;
        last = target;
        if (came.length == 0) {
            mean += (target - mean) / examples;
            return;
        }
        int outcome = (int) target;
        came[outcome]++;
        if (came[outcome] > came[majority] || came[outcome] == came[majority] && outcome < majority) {
            majority = outcome;
        }
    }

    void write(StateOutput out) {
        out.counts(came);
        out.count(majority);
        out.count(examples);
        out.number(mean);
        out.bits(Float.floatToRawIntBits(last), 4);
    }

    void read(StateInput in) {
        in.counts(came);
        majority = in.count(0, Math.max(0, came.length - 1));
        examples = in.count();
        mean = in.number();
        last = Float.intBitsToFloat((int) in.bits(4));
    }
}
