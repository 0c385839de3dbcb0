package io.gradstream.model.layers;

import io.gradstream.model.spec.Discriminator;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;

/** What one layer computes: its settings, without its place in a model. */
@Discriminator("layer")
@Doc("What one layer computes.")
public sealed interface LayerSpec
        permits Linear,
                Embedding,
                Standardise,
                Fill,
                Concat,
                Sum,
                Bias,
                Dropout,
                LayerNorm,
                Attention,
                TransformerEncoder,
                TransformerDecoder,
                Pool,
                Positions,
                Rnn,
                Lstm,
                Gru,
                NumberEmbedding,
                FactorizationMachine,
                CrossNetwork,
                BatchNorm,
                Conv1d,
                Conv2d,
                MaxPool,
                AveragePool,
                Flatten,
                Activation.Relu,
                Activation.LeakyRelu,
                Activation.Sigmoid,
                Activation.Tanh,
                Activation.Silu,
                Activation.Gelu,
                Activation.Softmax,
                Activation.LogSoftmax {
    /** Checks that the layer fits what it reads, and declares its parameters, state, buffers and output. */
    Declared declare(Site site);

    /** How many vectors all rows of a mini-batch must have together for it to learn anything. */
    default int fewestVectors() {
        return 1;
    }

    /** Its name in a spec, as in {@code layer: linear}. */
    default String kind() {
        return getClass().getAnnotation(Kind.class).value();
    }
}
