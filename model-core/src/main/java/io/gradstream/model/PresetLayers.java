package io.gradstream.model;

import io.gradstream.model.layers.Activation;
import io.gradstream.model.layers.Bias;
import io.gradstream.model.layers.Concat;
import io.gradstream.model.layers.Conv2d;
import io.gradstream.model.layers.Dropout;
import io.gradstream.model.layers.Embedding;
import io.gradstream.model.layers.FactorizationMachine;
import io.gradstream.model.layers.Flatten;
import io.gradstream.model.layers.Init;
import io.gradstream.model.layers.LayerNorm;
import io.gradstream.model.layers.LayerSpec;
import io.gradstream.model.layers.Linear;
import io.gradstream.model.layers.MaxPool;
import io.gradstream.model.layers.Missing;
import io.gradstream.model.layers.NumberEmbedding;
import io.gradstream.model.layers.Pool;
import io.gradstream.model.layers.Positions;
import io.gradstream.model.layers.Standardise;
import io.gradstream.model.layers.Sum;
import io.gradstream.model.layers.TransformerEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A preset in the making: the parts that presets are put together from. */
final class PresetLayers {
    private static final float CLIP = 10;
    private static final float SCALE = 0.05f;
    /** Of the vectors of tokens: about as large as standardised numbers, and as the sines of positions. */
    private static final float TOKEN_SCALE = 1;

    private final List<InputSpec> inputs;
    private final int outputs;
    private final List<NodeSpec> layers = new ArrayList<>();
    private final List<String> numbers = new ArrayList<>();

    /** Starts by standardising each input of numbers. */
    PresetLayers(List<InputSpec> inputs, int outputs) {
        this.inputs = inputs;
        this.outputs = outputs;
        for (InputSpec input : inputs) {
            if (input instanceof InputSpec.NumbersInput of) {
                numbers.add(add(
                        input.name() + "-standardised",
                        new Standardise(CLIP, Missing.ZERO, of.missing()),
                        input.name()));
            }
        }
    }

    /** The names of the standardised numbers. */
    List<String> numbers() {
        return List.copyOf(numbers);
    }

    List<NodeSpec> layers() {
        return layers;
    }

    /** Adds a layer that reads what is named; its name. */
    String add(String name, LayerSpec layer, String... reads) {
        if (inputs.stream().anyMatch(input -> input.name().equals(name))) {
            throw new IllegalArgumentException(
                    "input '" + name + "': the preset has a layer of this name; give the input another");
        }
        layers.add(NodeSpec.of(name, layer, reads));
        return name;
    }

    /** One linear layer for each input: the names of the results, each of the model's outputs. */
    List<String> wide() {
        List<String> names = new ArrayList<>();
        for (String standardised : numbers) {
            names.add(add(standardised + "-linear", new Linear(outputs, true, Init.ZEROS), standardised));
        }
        for (InputSpec input : inputs) {
            if (input instanceof InputSpec.CategoriesInput) {
                Embedding weights = new Embedding(outputs, Embedding.Combine.SUM, true, 0, List.of());
                names.add(add(input.name() + "-weights", weights, input.name()));
            }
        }
        return names;
    }

    /** Embeddings of those categories that are among {@code of}, side by side; their names. */
    List<String> embedded(List<InputSpec> of, int embedding) {
        List<String> names = new ArrayList<>();
        for (InputSpec input : of) {
            if (input instanceof InputSpec.CategoriesInput) {
                Embedding layer = new Embedding(embedding, Embedding.Combine.CONCAT, true, SCALE, List.of());
                names.add(add(input.name() + "-embedded", layer, input.name()));
            }
        }
        return names;
    }

    /** Vectors of those categories that are among {@code of}, one below another; their names. */
    List<String> categoryVectors(List<InputSpec> of, int dim) {
        List<String> names = new ArrayList<>();
        for (InputSpec input : of) {
            if (input instanceof InputSpec.CategoriesInput) {
                Embedding layer = new Embedding(dim, Embedding.Combine.STACK, true, SCALE, List.of());
                names.add(add(input.name() + "-vectors", layer, input.name()));
            }
        }
        return names;
    }

    /** The sum of the products of all pairs of vectors: of the named ones and of the numbers. */
    String pairs(List<String> vectors, int dim) {
        List<String> all = new ArrayList<>(vectors);
        for (String standardised : numbers) {
            all.add(add(standardised + "-vectors", new NumberEmbedding(dim, SCALE), standardised));
        }
        return add("pairs", new FactorizationMachine(outputs), all.toArray(String[]::new));
    }

    /** Convolutions of each image, each followed by ReLU and, where there is room, a pool; the names of the flattened results. */
    List<String> convolved(List<Integer> channels, int kernel) {
        List<String> names = new ArrayList<>();
        for (InputSpec input : inputs) {
            if (input instanceof ImageInput image) {
                names.add(convolved(image, channels, kernel));
            }
        }
        return names;
    }

    private String convolved(ImageInput image, List<Integer> channels, int kernel) {
        String last = add(image.name() + "-standardised", new Standardise(CLIP, Missing.ZERO, false), image.name());
        int padding = (kernel - 1) / 2;
        int size = Math.min(image.height(), image.width());
        for (int i = 0; i < channels.size(); i++) {
            String name = image.name() + "-conv-" + (i + 1);
            Conv2d conv = new Conv2d(channels.get(i), List.of(kernel), 1, padding, true, Init.KAIMING_UNIFORM);
            add(name, conv, last);
            last = add(name + "-relu", new Activation.Relu(), name);
            size += 2 * padding - kernel + 1;
            if (size >= 2) {
                last = add(name + "-pool", new MaxPool(2, Optional.empty()), last);
                size /= 2;
            }
        }
        return add(image.name() + "-flat", new Flatten(), last);
    }

    /** A layer over each sequence of vectors, standardised, and over each sequence of tokens, embedded; the names of the results. */
    List<String> overSteps(int embedding, String suffix, LayerSpec layer) {
        List<String> names = new ArrayList<>();
        for (InputSpec input : inputs) {
            String vectors = vectors(input, embedding);
            if (vectors != null) {
                names.add(add(input.name() + suffix, layer, vectors));
            }
        }
        return names;
    }

    /** Transformer blocks over each sequence of vectors, projected to a width, and of tokens; the names of the steps' means. */
    List<String> encoded(int width, TransformerEncoder blocks) {
        List<String> names = new ArrayList<>();
        for (InputSpec input : inputs) {
            String vectors = vectors(input, width);
            if (vectors != null) {
                if (input instanceof SequenceInput) {
                    vectors = add(input.name() + "-projected", new Linear(width), vectors);
                }
                String placed = add(input.name() + "-placed", new Positions(), vectors);
                String encoded = add(input.name() + "-encoded", blocks, placed);
                String norm = add(input.name() + "-norm", new LayerNorm(), encoded);
                names.add(add(input.name() + "-mean", new Pool(), norm));
            }
        }
        return names;
    }

    /** The steps of an input as vectors; null if it has none. */
    private String vectors(InputSpec input, int embedding) {
        if (input instanceof SequenceInput) {
            return add(input.name() + "-standardised", new Standardise(CLIP, Missing.ZERO, false), input.name());
        }
        if (input instanceof TokensInput) {
            Embedding layer = new Embedding(embedding, Embedding.Combine.CONCAT, true, TOKEN_SCALE, List.of());
            return add(input.name() + "-embedded", layer, input.name());
        }
        return null;
    }

    /** Dropout over each of what is named; the names of the results. */
    List<String> dropped(List<String> parts, float dropout) {
        return dropout == 0
                ? parts
                : parts.stream()
                        .map(part -> add(part + "-dropout", new Dropout(dropout), part))
                        .toList();
    }

    /** What is named beside numbers and categories, through hidden layers to the logits. */
    List<NodeSpec> head(List<String> parts, List<Integer> hidden, int embedding, float dropout) {
        List<String> all = new ArrayList<>(parts);
        all.addAll(numbers());
        all.addAll(embedded(inputs, embedding));
        add("logits", new Linear(outputs), hidden(joined(all), hidden, dropout));
        return layers;
    }

    /** What is named, side by side. */
    String joined(List<String> parts) {
        return parts.size() > 1 ? add("joined", new Concat(), parts.toArray(String[]::new)) : parts.get(0);
    }

    /** Hidden ReLU layers on top of a layer: the name of the last. */
    String hidden(String from, List<Integer> hidden, float dropout) {
        String last = from;
        Dropout dropped = new Dropout(dropout); // refuses what is no rate, also where nothing is dropped
        for (int i = 0; i < hidden.size(); i++) {
            String name = add("hidden-" + (i + 1), new Linear(hidden.get(i), true, Init.KAIMING_UNIFORM), last);
            last = add(name + "-relu", new Activation.Relu(), name);
            if (dropout > 0) {
                last = add(name + "-dropout", dropped, last);
            }
        }
        return last;
    }

    /** Adds up what is named, with a bias if nothing in it has one. */
    List<NodeSpec> sum(List<String> parts, boolean biased) {
        if (parts.size() > 1) {
            add("logits", new Sum(), parts.toArray(String[]::new));
        }
        if (!biased) {
            add("bias", new Bias(0));
        }
        return layers;
    }
}
