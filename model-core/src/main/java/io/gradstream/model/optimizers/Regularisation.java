package io.gradstream.model.optimizers;

import io.gradstream.model.spec.Default;
import io.gradstream.model.spec.Doc;

/**
 * What keeps weights small, dense ones and, in the steps that touch them, rows of sparse tables.
 *
 * @param l1 after a step each weight moves towards 0 by the learning rate times this, and stops there (a proximal step); 0 = off
 * @param l2 this times the weight is added to its clipped gradient; 0 = off
 */
@Doc("What keeps weights small.")
public record Regularisation(
        @Doc("After a step each weight moves towards 0 by the learning rate times this; 0 = off.") @Default("0")
        float l1,

        @Doc("This times the weight is added to its gradient; 0 = off.") @Default("0")
        float l2) {
    /** None. */
    public static final Regularisation NONE = new Regularisation(0, 0);

    public Regularisation {
        Checks.notNegative("l1", l1);
        Checks.notNegative("l2", l2);
    }
}
