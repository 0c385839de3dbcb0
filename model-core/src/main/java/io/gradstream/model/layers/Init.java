package io.gradstream.model.layers;

import io.gradstream.model.parameters.Filling;
import io.gradstream.model.spec.Doc;

/** First values of a weight matrix, by how many numbers go in and out. */
public enum Init {
    /** All 0. */
    @Doc("All 0.")
    ZEROS,
    /** Uniform in ± sqrt(6 / (in + out)) (Glorot and Bengio 2010). */
    @Doc("Uniform in ± sqrt(6 / (in + out)).")
    XAVIER_UNIFORM,
    /** Normal with variance 2 / (in + out) (Glorot and Bengio 2010). */
    @Doc("Normal with variance 2 / (in + out).")
    XAVIER_NORMAL,
    /** Uniform in ± sqrt(6 / in), for ReLU (He et al. 2015). */
    @Doc("Uniform in ± sqrt(6 / in), for ReLU.")
    KAIMING_UNIFORM,
    /** Normal with variance 2 / in, for ReLU (He et al. 2015). */
    @Doc("Normal with variance 2 / in, for ReLU.")
    KAIMING_NORMAL,
    /** Uniform in ± sqrt(1 / in) (LeCun et al. 1998). */
    @Doc("Uniform in ± sqrt(1 / in).")
    LECUN_UNIFORM;

    /** The values for a matrix of so many inputs and outputs. */
    public Filling filling(int in, int out) {
        return switch (this) {
            case ZEROS -> Filling.ZEROS;
            case XAVIER_UNIFORM -> Filling.uniform((float) Math.sqrt(6.0 / ((double) in + out)));
            case XAVIER_NORMAL -> Filling.normal((float) Math.sqrt(2.0 / ((double) in + out)));
            case KAIMING_UNIFORM -> Filling.uniform((float) Math.sqrt(6.0 / in));
            case KAIMING_NORMAL -> Filling.normal((float) Math.sqrt(2.0 / in));
            case LECUN_UNIFORM -> Filling.uniform((float) Math.sqrt(1.0 / in));
        };
    }
}
