package io.gradstream.pipeline.config;

import io.gradstream.model.InputSpec;
import io.gradstream.model.NodeSpec;
import io.gradstream.model.Presets;
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
        permits ArchitectureSpec.Logistic, ArchitectureSpec.Mlp, ArchitectureSpec.WideAndDeep, ArchitectureSpec.Layers {

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
            @Doc("Units of each hidden layer.") @Default("[64, 32]")
            List<Integer> hidden,

            @Doc("Floats in the embedding of a category.") @Default("8")
            int embedding,

            @Doc("Fraction of hidden units dropped while learning.") @Default("0")
            float dropout)
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
            @Doc("Units of each hidden layer.") @Default("[64, 32]")
            List<Integer> hidden,

            @Doc("Floats in the embedding of a category.") @Default("8")
            int embedding,

            @Doc("Fraction of hidden units dropped while learning.") @Default("0")
            float dropout)
            implements ArchitectureSpec {
        @Override
        public List<NodeSpec> layers(List<InputSpec> inputs, int outputs) {
            List<InputSpec> plain = inputs.stream()
                    .filter(input -> !input.name().equals(FeaturePlan.CROSSES))
                    .toList();
            return Presets.wideAndDeep(inputs, plain.isEmpty() ? inputs : plain, outputs, hidden, embedding, dropout);
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
