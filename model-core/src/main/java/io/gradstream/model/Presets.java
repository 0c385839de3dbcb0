package io.gradstream.model;

import io.gradstream.model.layers.Concat;
import io.gradstream.model.layers.CrossNetwork;
import io.gradstream.model.layers.Flatten;
import io.gradstream.model.layers.Gru;
import io.gradstream.model.layers.LayerSpec;
import io.gradstream.model.layers.Linear;
import io.gradstream.model.layers.Lstm;
import io.gradstream.model.layers.RecurrentOutputs;
import io.gradstream.model.layers.TransformerEncoder;
import java.util.ArrayList;
import java.util.List;

/** Usual models as lists of plain layers. {@code outputs} is 1 for binary and regression, the number of classes for multiclass. */
public final class Presets {
    private static final String SEQUENCE = "a sequence or tokens";

    private Presets() {}

    /**
     * Logistic (or linear) regression: standardised numbers through one linear layer, plus one weight a category and output. All
     * weights start at 0.
     */
    public static List<NodeSpec> logistic(List<InputSpec> inputs, int outputs) {
        PresetInputs.wantFeatures("logistic", inputs, inputs);
        PresetLayers preset = new PresetLayers(inputs, outputs);
        List<String> sums = preset.wide();
        return preset.sum(sums, !preset.numbers().isEmpty());
    }

    /**
     * Embeddings of {@code embedding} floats a category beside standardised numbers, through hidden ReLU layers.
     *
     * @param hidden units of each hidden layer; may be empty
     * @param dropout after each hidden layer; 0 = none
     */
    public static List<NodeSpec> mlp(
            List<InputSpec> inputs, int outputs, List<Integer> hidden, int embedding, float dropout) {
        PresetInputs.wantFeatures("mlp", inputs, inputs);
        PresetLayers preset = new PresetLayers(inputs, outputs);
        return preset.head(List.of(), hidden, embedding, dropout);
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
        PresetInputs.wantFeatures("wide-and-deep", inputs, deepInputs);
        PresetLayers preset = new PresetLayers(inputs, outputs);
        List<String> sums = new ArrayList<>(preset.wide());
        List<String> parts = new ArrayList<>(preset.numbers());
        parts.addAll(preset.embedded(deepInputs, embedding));
        String last = preset.hidden(preset.joined(parts), hidden, dropout);
        sums.add(preset.add("deep", new Linear(outputs), last));
        return preset.sum(sums, true);
    }

    /**
     * A factorization machine: {@link #logistic}, plus the products of all pairs of features' vectors (Rendle 2010, equation 1).
     *
     * @param pairedInputs those of {@code inputs} that take part in pairs, beside all numbers
     * @param factors length of a vector, for each output
     */
    public static List<NodeSpec> fm(List<InputSpec> inputs, List<InputSpec> pairedInputs, int outputs, int factors) {
        PresetInputs.wantFeatures("fm", inputs, pairedInputs);
        PresetLayers preset = new PresetLayers(inputs, outputs);
        List<String> sums = new ArrayList<>(preset.wide());
        int dim = Math.multiplyExact(factors, outputs);
        sums.add(preset.pairs(preset.categoryVectors(pairedInputs, dim), dim));
        return preset.sum(sums, !preset.numbers().isEmpty());
    }

    /**
     * The sum of {@link #fm} and of hidden ReLU layers over the same vectors of categories, beside the standardised numbers (Guo et al.
     * 2017).
     *
     * @param deepInputs those of {@code inputs} that take part in pairs and in the deep part, beside all numbers
     * @param hidden units of each hidden layer; may be empty
     * @param factors length of a vector, for each output
     * @param dropout after each hidden layer; 0 = none
     */
    public static List<NodeSpec> deepFm(
            List<InputSpec> inputs,
            List<InputSpec> deepInputs,
            int outputs,
            List<Integer> hidden,
            int factors,
            float dropout) {
        PresetInputs.wantFeatures("deepfm", inputs, deepInputs);
        PresetLayers preset = new PresetLayers(inputs, outputs);
        List<String> sums = new ArrayList<>(preset.wide());
        int dim = Math.multiplyExact(factors, outputs);
        List<String> vectors = preset.categoryVectors(deepInputs, dim);
        sums.add(preset.pairs(vectors, dim));
        List<String> parts = new ArrayList<>(preset.numbers());
        for (String each : vectors) {
            parts.add(preset.add(each + "-flat", new Flatten(), each));
        }
        String last = preset.hidden(preset.joined(parts), hidden, dropout);
        sums.add(preset.add("deep", new Linear(outputs), last));
        return preset.sum(sums, true);
    }

    /**
     * A cross network beside hidden ReLU layers, both over embeddings and standardised numbers, and a linear layer over both (DCN-v2 in its
     * parallel form, Wang et al. 2021, figure 1).
     *
     * @param crosses layers of the cross network
     * @param hidden units of each hidden layer, at least one layer
     * @param embedding floats of a category
     * @param dropout after each hidden layer; 0 = none
     */
    public static List<NodeSpec> dcn(
            List<InputSpec> inputs, int outputs, int crosses, List<Integer> hidden, int embedding, float dropout) {
        if (hidden.isEmpty()) {
            throw new IllegalArgumentException("hidden must name at least one layer beside the cross network");
        }
        PresetInputs.wantFeatures("dcn", inputs, inputs);
        PresetLayers preset = new PresetLayers(inputs, outputs);
        List<String> parts = new ArrayList<>(preset.numbers());
        parts.addAll(preset.embedded(inputs, embedding));
        String features = preset.joined(parts);
        String crossed = preset.add("crossed", new CrossNetwork(crosses), features);
        String deep = preset.hidden(features, hidden, dropout);
        String both = preset.add("crossed-and-deep", new Concat(), crossed, deep);
        preset.add("logits", new Linear(outputs), both);
        return preset.layers();
    }

    /**
     * Convolutions over images: each standardised by channel, then through convolutions that keep its size, each with ReLU and a 2 by 2
     * maximum; what is left, beside standardised numbers and embeddings if there are any, through hidden ReLU layers.
     *
     * @param inputs at least one {@link ImageInput}
     * @param channels of each convolution
     * @param kernel height and width of all, best odd
     * @param hidden units of each hidden layer; may be empty
     * @param embedding floats of a category
     * @param dropout after each hidden layer; 0 = none
     */
    public static List<NodeSpec> cnn(
            List<InputSpec> inputs,
            int outputs,
            List<Integer> channels,
            int kernel,
            List<Integer> hidden,
            int embedding,
            float dropout) {
        PresetLayers preset = new PresetLayers(inputs, outputs);
        List<String> parts = PresetInputs.wanted(preset.convolved(channels, kernel), "cnn", "an image", inputs);
        return preset.head(parts, hidden, embedding, dropout);
    }

    /**
     * A long short-term memory over the steps of each sequence: of standardised vectors, or of tokens, each with an embedding. The last
     * states, beside standardised numbers and embeddings if there are any, go through hidden ReLU layers.
     *
     * @param inputs at least one {@link SequenceInput} or {@link TokensInput}
     * @param units length of a state
     * @param layers how many, each reading the states of the one before
     * @param bidirectional whether each also runs from the last step to the first
     * @param hidden units of each hidden layer; may be empty
     * @param embedding floats of a token or category
     * @param dropout of the states and after each hidden layer; 0 = none
     */
    public static List<NodeSpec> lstm(
            List<InputSpec> inputs,
            int outputs,
            int units,
            int layers,
            boolean bidirectional,
            List<Integer> hidden,
            int embedding,
            float dropout) {
        LayerSpec memory = new Lstm(units, layers, bidirectional, RecurrentOutputs.LAST);
        return recurrent(inputs, outputs, memory, hidden, embedding, dropout);
    }

    /** As {@link #lstm}, of gated recurrent units. */
    public static List<NodeSpec> gru(
            List<InputSpec> inputs,
            int outputs,
            int units,
            int layers,
            boolean bidirectional,
            List<Integer> hidden,
            int embedding,
            float dropout) {
        LayerSpec memory = new Gru(units, layers, bidirectional, RecurrentOutputs.LAST);
        return recurrent(inputs, outputs, memory, hidden, embedding, dropout);
    }

    private static List<NodeSpec> recurrent(
            List<InputSpec> inputs, int outputs, LayerSpec memory, List<Integer> hidden, int embedding, float dropout) {
        PresetLayers preset = new PresetLayers(inputs, outputs);
        String kind = memory.kind();
        List<String> states =
                PresetInputs.wanted(preset.overSteps(embedding, "-" + kind, memory), kind, SEQUENCE, inputs);
        return preset.head(preset.dropped(states, dropout), hidden, embedding, dropout);
    }

    /**
     * Transformer blocks, normalised before, over the steps of each sequence: of standardised vectors, projected to the blocks' width, or
     * of tokens, embedded in it; positions are sines (Vaswani et al. 2017; Xiong et al. 2020). The mean of the steps, beside standardised numbers
     * and embeddings if there are any, goes through hidden ReLU layers.
     *
     * @param inputs at least one {@link SequenceInput} or {@link TokensInput}
     * @param width of a step in the blocks
     * @param blocks the blocks; their heads must divide the width
     * @param hidden units of each hidden layer; may be empty
     * @param embedding floats of a category
     * @param dropout after each hidden layer; 0 = none
     */
    public static List<NodeSpec> transformer(
            List<InputSpec> inputs,
            int outputs,
            int width,
            TransformerEncoder blocks,
            List<Integer> hidden,
            int embedding,
            float dropout) {
        PresetLayers preset = new PresetLayers(inputs, outputs);
        List<String> means = PresetInputs.wanted(preset.encoded(width, blocks), "transformer", SEQUENCE, inputs);
        return preset.head(means, hidden, embedding, dropout);
    }
}
