package io.gradstream.model.layers;

import io.gradstream.model.spec.Doc;

/** The function between the two linear layers of a transformer block. */
public enum HiddenActivation {
    /** max(x, 0). */
    @Doc("max(x, 0).")
    RELU,
    /** x Φ(x), Φ the normal distribution function (Hendrycks and Gimpel 2016). */
    @Doc("x times the normal distribution function of x.")
    GELU
}
