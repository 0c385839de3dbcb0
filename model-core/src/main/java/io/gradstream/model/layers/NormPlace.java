package io.gradstream.model.layers;

import io.gradstream.model.spec.Doc;

/** Where the blocks of a transformer normalise their vectors. */
public enum NormPlace {
    /** Before attention and feed-forward (Xiong et al. 2020). */
    @Doc("Before attention and feed-forward; nothing normalises the last output, so a layer-norm may follow.")
    PRE,
    /** After their sum with what they read (Vaswani et al. 2017). */
    @Doc("After their sum with what they read, as first published.")
    POST
}
