package io.gradstream.model.optimizers;

import io.gradstream.model.spec.Default;
import io.gradstream.model.spec.Doc;

/**
 * Limits on the gradient before a step; first by value, then by norm.
 *
 * @param value each element is limited to ± this; 0 = not limited
 * @param norm the whole gradient is scaled down to this 2-norm if it is longer; 0 = not limited
 */
@Doc("Limits on the gradient before a step; first by value, then by norm.")
public record Clipping(
        @Doc("Each element is limited to ± this; 0 = not limited.") @Default("0")
        float value,

        @Doc("The gradient is scaled down to this length; 0 = not limited.") @Default("0")
        float norm) {
    /** No limit. */
    public static final Clipping NONE = new Clipping(0, 0);

    public Clipping {
        Checks.notNegative("value", value);
        Checks.notNegative("norm", norm);
    }
}
