package io.gradstream.model;

import io.gradstream.model.layers.Activation;
import io.gradstream.model.layers.Bias;
import io.gradstream.model.layers.Concat;
import io.gradstream.model.layers.Dropout;
import io.gradstream.model.layers.Embedding;
import io.gradstream.model.layers.Init;
import io.gradstream.model.layers.Linear;
import io.gradstream.model.layers.Missing;
import io.gradstream.model.layers.Standardise;
import io.gradstream.model.layers.Sum;
import java.util.ArrayList;
import java.util.List;

/** Usual models as lists of plain layers. {@code outputs} is 1 for binary and regression, the number of classes for multiclass. */
public final class Presets {
    private static final float CLIP = 10;
    private static final float SCALE = 0.05f;

    private Presets() {}

    /**
     * Logistic (or linear) regression: standardised numbers through one linear layer, plus one weight a category and output. All
     * weights start at 0.
     */
    public static List<NodeSpec> logistic(List<InputSpec> inputs, int outputs) {
        List<NodeSpec> layers = new ArrayList<>();
        List<String> numbers = standardised(inputs, layers);
        join("logits", wide(inputs, numbers, outputs, layers), !numbers.isEmpty(), layers);
        return layers;
    }

    /**
     * Embeddings of {@code embedding} floats a category beside standardised numbers, through hidden ReLU layers.
     *
     * @param hidden units of each hidden layer; may be empty
     * @param dropout after each hidden layer; 0 = none
     */
    public static List<NodeSpec> mlp(
            List<InputSpec> inputs, int outputs, List<Integer> hidden, int embedding, float dropout) {
        List<NodeSpec> layers = new ArrayList<>();
        List<String> numbers = standardised(inputs, layers);
        String last = deep(inputs, numbers, hidden, embedding, dropout, layers);
        layers.add(NodeSpec.of("logits", new Linear(outputs), last));
        return layers;
    }

    /** The sum of {@link #logistic} and {@link #mlp} over the same inputs (Cheng et al. 2016). */
    public static List<NodeSpec> wideAndDeep(
            List<InputSpec> inputs, int outputs, List<Integer> hidden, int embedding, float dropout) {
        return wideAndDeep(inputs, inputs, outputs, hidden, embedding, dropout);
    }

    /**
     * The sum of {@link #logistic} over all inputs and {@link #mlp} over some of them: crosses of categories are usually left to the
     * wide part (Cheng et al. 2016, figure 4).
     *
     * @param deepInputs those of {@code inputs} that the deep part reads
     */
    public static List<NodeSpec> wideAndDeep(
            List<InputSpec> inputs,
            List<InputSpec> deepInputs,
            int outputs,
            List<Integer> hidden,
            int embedding,
            float dropout) {
        List<NodeSpec> layers = new ArrayList<>();
        List<String> numbers = standardised(inputs, layers);
        List<String> sums = new ArrayList<>(wide(inputs, numbers, outputs, layers));
        String last = deep(deepInputs, numbers, hidden, embedding, dropout, layers);
        layers.add(NodeSpec.of("deep", new Linear(outputs), last));
        sums.add("deep");
        join("logits", sums, true, layers);
        return layers;
    }

    /** Standardises each input of numbers; the names of the results. */
    private static List<String> standardised(List<InputSpec> inputs, List<NodeSpec> layers) {
        List<String> names = new ArrayList<>();
        for (InputSpec input : inputs) {
            if (input instanceof InputSpec.NumbersInput numbers) {
                String name = input.name() + "-standardised";
                Standardise layer = new Standardise(CLIP, Missing.ZERO, numbers.missing());
                layers.add(NodeSpec.of(name, layer, input.name()));
                names.add(name);
            }
        }
        return names;
    }

    /** One linear layer for each input: the names of the results, each of {@code outputs} numbers. */
    private static List<String> wide(List<InputSpec> inputs, List<String> numbers, int outputs, List<NodeSpec> layers) {
        List<String> names = new ArrayList<>();
        for (String standardised : numbers) {
            String name = standardised + "-linear";
            layers.add(NodeSpec.of(name, new Linear(outputs, true, Init.ZEROS), standardised));
            names.add(name);
        }
        for (InputSpec input : inputs) {
            if (input instanceof InputSpec.CategoriesInput) {
                String name = input.name() + "-weights";
                Embedding weights = new Embedding(outputs, Embedding.Combine.SUM, true, 0, List.of());
                layers.add(NodeSpec.of(name, weights, input.name()));
                names.add(name);
            }
        }
        return names;
    }

    /** All inputs joined, through the hidden layers: the name of the last. */
    private static String deep(
            List<InputSpec> inputs,
            List<String> numbers,
            List<Integer> hidden,
            int embedding,
            float dropout,
            List<NodeSpec> layers) {
        List<String> parts = new ArrayList<>(numbers);
        for (InputSpec input : inputs) {
            if (input instanceof InputSpec.CategoriesInput) {
                String name = input.name() + "-embedded";
                Embedding layer = new Embedding(embedding, Embedding.Combine.CONCAT, true, SCALE, List.of());
                layers.add(NodeSpec.of(name, layer, input.name()));
                parts.add(name);
            }
        }
        String last = parts.get(0);
        if (parts.size() > 1) {
            last = "joined";
            layers.add(new NodeSpec(last, new Concat(), parts));
        }
        for (int i = 0; i < hidden.size(); i++) {
            String name = "hidden-" + (i + 1);
            layers.add(NodeSpec.of(name, new Linear(hidden.get(i), true, Init.KAIMING_UNIFORM), last));
            last = name + "-relu";
            layers.add(NodeSpec.of(last, new Activation.Relu(), name));
            if (dropout > 0) {
                layers.add(NodeSpec.of(name + "-dropout", new Dropout(dropout), last));
                last = name + "-dropout";
            }
        }
        return last;
    }

    /** Adds up what is named, with a bias if nothing in it has one. */
    private static void join(String name, List<String> parts, boolean biased, List<NodeSpec> layers) {
        if (parts.size() > 1) {
            layers.add(new NodeSpec(name, new Sum(), parts));
        }
        if (!biased) {
            layers.add(NodeSpec.of("bias", new Bias(0)));
        }
    }
}
