package io.gradstream.pipeline.learn;

import io.gradstream.model.Learner;
import io.gradstream.model.guard.Guard;
import io.gradstream.model.guard.Rollback;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Times that the guard went back to the last good version of the model: each of the first eight, then the 16th, 32nd, … is a line in the log. */
public final class Rollbacks {

    private static final Logger LOG = LoggerFactory.getLogger(Rollbacks.class);
    private static final long EACH = 8;

    private final Learner learner;
    private long seen;

    Rollbacks(Learner learner) {
        this.learner = learner;
        this.seen = learner.rollbacks();
    }

    /** To be called after each mini-batch. */
    void look() {
        long made = learner.rollbacks();
        if (made > seen && (made <= EACH || Long.bitCount(made) == 1)) {
            LOG.warn(told(learner.guard().map(Guard::lastRollback).orElseThrow(), learner.steps()));
        }
        seen = made;
    }

    /** What happened, why, and what to do, in one line. */
    static String told(Rollback rollback, long version) {
        return String.format(
                Locale.ROOT,
                "guard: at version %,d the model was worse (loss %.4g) than its last good version (%.4g; the baseline %.4g), which was gone"
                        + " back to: %,d steps were taken back, and the learning rate is now %.3g of optimizer.learning-rate. This is"
                        + " rollback %,d; set a lower optimizer.learning-rate, or clipping.norm",
                version,
                rollback.loss(),
                rollback.goodLoss(),
                rollback.baselineLoss(),
                rollback.steps(),
                rollback.factor(),
                rollback.number());
    }
}
