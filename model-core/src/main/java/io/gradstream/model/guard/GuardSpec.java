package io.gradstream.model.guard;

import io.gradstream.model.spec.Default;
import io.gradstream.model.spec.Doc;
import java.io.Serializable;

/**
 * When a model counts as bad, and what is done then; docs/adr/0013. Not part of a model's spec: it may be another at every restart.
 *
 * @param enabled whether there is a guard
 * @param window learned examples after which a model that did well is kept as the last good one; of a mini-batch 64 count at most
 * @param margin by how much of the baseline's loss a model may be worse than the baseline
 * @param backOff what the learning rate is multiplied with when the last good version is gone back to
 */
@Doc("Goes back to the last good version of a model that its own steps have ruined, and on with smaller steps.")
public record GuardSpec(
        @Doc("Whether there is a guard.") @Default("false") boolean enabled,

        @Doc(
                "Learned examples after which a model that did well is kept as the last good one; of a mini-batch 64 count at most.")
        @Default("2048")
        int window,

        @Doc("By how much of the baseline's loss a model may be worse than the baseline.") @Default("0.02")
        float margin,

        @Doc("What the learning rate is multiplied with at a rollback.") @Default("0.1")
        float backOff)
        implements Serializable {

    /** One with the usual settings. */
    public static final GuardSpec USUAL = new GuardSpec(true, 2048, 0.02f, 0.1f);

    /** None. */
    public static final GuardSpec OFF = new GuardSpec(false, 2048, 0.02f, 0.1f);

    public GuardSpec {
        if (window < 1) {
            throw new IllegalArgumentException("window must be at least 1, was " + window);
        }
        if (!(margin >= 0 && margin <= 10)) {
            throw new IllegalArgumentException("margin must be 0 to 10, was " + margin);
        }
        if (!(backOff > 0 && backOff < 1)) {
            throw new IllegalArgumentException("back-off must be above 0 and below 1, was " + backOff);
        }
    }
}
