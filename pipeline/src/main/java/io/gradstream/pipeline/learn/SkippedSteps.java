package io.gradstream.pipeline.learn;

import io.gradstream.model.Learner;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Mini-batches that taught nothing, since their loss or gradient was not finite, or far too large: the first, second, fourth, eighth, … is a line in the log. */
public final class SkippedSteps {

    private static final Logger LOG = LoggerFactory.getLogger(SkippedSteps.class);

    private final Learner learner;
    private long seen;

    SkippedSteps(Learner learner) {
        this.learner = learner;
        this.seen = learner.skippedSteps();
    }

    /** To be called after each mini-batch. */
    void look() {
        long skipped = learner.skippedSteps();
        if (skipped > seen && Long.bitCount(skipped) == 1) {
            LOG.warn(told(skipped, learner.steps()));
        }
        seen = skipped;
    }

    /** What happened, why, and what to do, in one line. */
    public static String told(long skipped, long made) {
        return String.format(
                Locale.ROOT,
                "%,d of %,d mini-batches were skipped, because their loss or gradient is not finite, or far too large: targets or numbers are"
                        + " too large, or weights grew without bound. Bring them to a smaller scale, lower optimizer.learning-rate,"
                        + " or set clipping.norm",
                skipped,
                skipped + made);
    }
}
