package io.gradstream.pipeline.config;

import io.gradstream.model.InputSpec;
import io.gradstream.model.NodeSpec;
import io.gradstream.model.Presets;
import io.gradstream.model.layers.HiddenActivation;
import io.gradstream.model.layers.NormPlace;
import io.gradstream.model.layers.TransformerEncoder;
import io.gradstream.model.spec.Default;
import io.gradstream.model.spec.Discriminator;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;
import io.gradstream.pipeline.features.FeaturePlan;
import java.util.List;

/** The model: a preset, or layers one by one. */
@Doc("The model: a preset, or layers one by one.")
@Discriminator("preset")
public sealed interface ArchitectureSpec
        permits ArchitectureSpec.Logistic,
                ArchitectureSpec.Mlp,
                ArchitectureSpec.WideAndDeep,
                ArchitectureSpec.Fm,
                ArchitectureSpec.DeepFm,
                ArchitectureSpec.Dcn,
                ArchitectureSpec.Cnn,
                ArchitectureSpec.Lstm,
                ArchitectureSpec.Gru,
                ArchitectureSpec.Transformer,
                ArchitectureSpec.Layers {

    /** The layers over the given inputs; {@code outputs} is 1 for binary and regression, else the number of classes. */
    List<NodeSpec> layers(List<InputSpec> inputs, int outputs);

    /** Logistic or linear regression. */
    @Kind("logistic")
    @Doc("Logistic (or linear) regression: standardised numbers, and one weight a category.")
    record Logistic() implements ArchitectureSpec {
        @Override
        public List<NodeSpec> layers(List<InputSpec> inputs, int outputs) {
            return Presets.logistic(inputs, outputs);
        }
    }

    /** A multi-layer perceptron over numbers and embeddings. */
    @Kind("mlp")
    @Doc("Embeddings beside standardised numbers, through hidden ReLU layers.")
    record Mlp(
            @PresetSettings.Hidden List<Integer> hidden,

            @PresetSettings.Embedding int embedding,

            @PresetSettings.Dropout float dropout)
            implements ArchitectureSpec {
        @Override
        public List<NodeSpec> layers(List<InputSpec> inputs, int outputs) {
            return Presets.mlp(inputs, outputs, hidden, embedding, dropout);
        }
    }

    /** The sum of the two. */
    @Kind("wide-and-deep")
    @Doc("The sum of logistic and mlp; crosses take part in the logistic half only.")
    record WideAndDeep(
            @PresetSettings.Hidden List<Integer> hidden,

            @PresetSettings.Embedding int embedding,

            @PresetSettings.Dropout float dropout)
            implements ArchitectureSpec {
        @Override
        public List<NodeSpec> layers(List<InputSpec> inputs, int outputs) {
            return Presets.wideAndDeep(inputs, withoutCrosses(inputs), outputs, hidden, embedding, dropout);
        }
    }

    /** All inputs but the crosses; all, if there are only crosses. */
    private static List<InputSpec> withoutCrosses(List<InputSpec> inputs) {
        List<InputSpec> plain = inputs.stream()
                .filter(input -> !input.name().equals(FeaturePlan.CROSSES))
                .toList();
        return plain.isEmpty() ? inputs : plain;
    }

    /** A factorization machine. */
    @Kind("fm")
    @Doc("A factorization machine: logistic, plus products of all pairs of features; crosses take part in the logistic"
            + " half only.")
    record Fm(@PresetSettings.Factors int factors) implements ArchitectureSpec {
        @Override
        public List<NodeSpec> layers(List<InputSpec> inputs, int outputs) {
            return Presets.fm(inputs, withoutCrosses(inputs), outputs, factors);
        }
    }

    /** A factorization machine and a multi-layer perceptron. */
    @Kind("deepfm")
    @Doc("The sum of fm and hidden ReLU layers over the same vectors; crosses take part in the logistic third only.")
    record DeepFm(
            @PresetSettings.Hidden List<Integer> hidden,

            @PresetSettings.Factors int factors,

            @PresetSettings.Dropout float dropout)
            implements ArchitectureSpec {
        @Override
        public List<NodeSpec> layers(List<InputSpec> inputs, int outputs) {
            return Presets.deepFm(inputs, withoutCrosses(inputs), outputs, hidden, factors, dropout);
        }
    }

    /** A cross network beside a multi-layer perceptron. */
    @Kind("dcn")
    @Doc("A cross network beside hidden ReLU layers, over embeddings and standardised numbers (DCN-v2).")
    record Dcn(
            @Doc("Layers of the cross network.") @Default("2")
            int crosses,

            @PresetSettings.Hidden List<Integer> hidden,

            @PresetSettings.Embedding int embedding,

            @PresetSettings.Dropout float dropout)
            implements ArchitectureSpec {
        @Override
        public List<NodeSpec> layers(List<InputSpec> inputs, int outputs) {
            return Presets.dcn(inputs, outputs, crosses, hidden, embedding, dropout);
        }
    }

    /** Convolutions over images. */
    @Kind("cnn")
    @Doc(
            "Convolutions with ReLU and 2 by 2 maxima over images, then hidden ReLU layers; numbers and categories join in.")
    record Cnn(
            @Doc("Channels of each convolution.") @Default("[32, 64]")
            List<Integer> channels,

            @Doc("Height and width of the kernels.") @Default("3")
            int kernel,

            @PresetSettings.Hidden @Default("[64]") List<Integer> hidden,

            @PresetSettings.Embedding int embedding,

            @PresetSettings.Dropout float dropout)
            implements ArchitectureSpec {
        @Override
        public List<NodeSpec> layers(List<InputSpec> inputs, int outputs) {
            return Presets.cnn(inputs, outputs, channels, kernel, hidden, embedding, dropout);
        }
    }

    /** A long short-term memory over sequences. */
    @Kind("lstm")
    @Doc("A long short-term memory over sequences or tokens, then hidden ReLU layers; numbers and categories join in.")
    record Lstm(
            @PresetSettings.Units int units,

            @PresetSettings.States int layers,

            @PresetSettings.Bidirectional boolean bidirectional,

            @PresetSettings.Hidden @Default("[]") List<Integer> hidden,

            @PresetSettings.StepEmbedding int embedding,

            @PresetSettings.StepDropout float dropout)
            implements ArchitectureSpec {
        @Override
        public List<NodeSpec> layers(List<InputSpec> inputs, int outputs) {
            return Presets.lstm(inputs, outputs, units, layers, bidirectional, hidden, embedding, dropout);
        }
    }

    /** Gated recurrent units over sequences. */
    @Kind("gru")
    @Doc("Gated recurrent units over sequences or tokens, then hidden ReLU layers; numbers and categories join in.")
    record Gru(
            @PresetSettings.Units int units,

            @PresetSettings.States int layers,

            @PresetSettings.Bidirectional boolean bidirectional,

            @PresetSettings.Hidden @Default("[]") List<Integer> hidden,

            @PresetSettings.StepEmbedding int embedding,

            @PresetSettings.StepDropout float dropout)
            implements ArchitectureSpec {
        @Override
        public List<NodeSpec> layers(List<InputSpec> inputs, int outputs) {
            return Presets.gru(inputs, outputs, units, layers, bidirectional, hidden, embedding, dropout);
        }
    }

    /** Transformer blocks over sequences. */
    @Kind("transformer")
    @Doc("Transformer blocks over sequences or tokens, the mean of their steps, then hidden ReLU layers; numbers and"
            + " categories join in.")
    record Transformer(
            @Doc("Width of a step in the blocks, and of a token's embedding.") @Default("64")
            int width,

            @Doc("Heads of attention; they must divide the width.") @Default("4")
            int heads,

            @Doc("How many blocks.") @Default("2") int layers,

            @Doc("Width between the two linear layers of a block.") @Default("128")
            int feedForward,

            @Doc("Units of each hidden layer behind the blocks.") @Default("[]")
            List<Integer> hidden,

            @PresetSettings.Embedding int embedding,

            @Doc("Fraction dropped while learning: in blocks, also of attention's weights, and of hidden units.")
            @Default("0")
            float dropout)
            implements ArchitectureSpec {
        @Override
        public List<NodeSpec> layers(List<InputSpec> inputs, int outputs) {
            TransformerEncoder blocks = new TransformerEncoder(
                    layers, heads, feedForward, HiddenActivation.RELU, NormPlace.PRE, dropout, false);
            return Presets.transformer(inputs, outputs, width, blocks, hidden, embedding, dropout);
        }
    }

    /** Layers one by one. */
    @Kind("layers")
    @Doc("Layers one by one; `model: {layers: [...]}` is enough.")
    record Layers(
            @Doc("The layers, each after those it reads.") List<NodeSpec> layers) implements ArchitectureSpec {
        @Override
        public List<NodeSpec> layers(List<InputSpec> inputs, int outputs) {
            return layers;
        }
    }
}
