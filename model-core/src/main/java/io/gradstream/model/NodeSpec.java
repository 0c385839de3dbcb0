package io.gradstream.model;

import io.gradstream.model.layers.LayerSpec;
import io.gradstream.model.spec.Default;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Inline;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One layer in its place in the model.
 *
 * @param name its name, unique among inputs and layers; its parameters are called {@code name.weight} and so on
 * @param layer what it computes
 * @param inputs the inputs or earlier layers it reads, by name; empty = the one before it (the first layer: the only input)
 */
@Doc("One layer in its place in the model.")
public record NodeSpec(
        @Doc("Its name, unique among inputs and layers.") String name,

        @Doc("What it computes; its settings stand beside this key.") @Inline
        LayerSpec layer,

        @Doc("The inputs or layers it reads; none named = the one before.") @Default("[]")
        List<String> inputs) {
    /** The names of a layer's tensors begin with its own, and safetensors bounds those. */
    private static final int LONGEST_NAME = 200;

    public NodeSpec {
        InputRules.require(name);
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > LONGEST_NAME) {
            throw new IllegalArgumentException("name must have at most " + LONGEST_NAME + " bytes in UTF-8, had "
                    + bytes + ": '" + name.substring(0, 20) + "…'");
        }
        if (layer == null) {
            throw new IllegalArgumentException("layer must say what '" + name + "' computes, was null");
        }
        inputs = List.copyOf(inputs);
    }

    /** A layer that reads the one before it. */
    public static NodeSpec of(String name, LayerSpec layer) {
        return new NodeSpec(name, layer, List.of());
    }

    /** A layer that reads the named inputs or layers. */
    public static NodeSpec of(String name, LayerSpec layer, String... inputs) {
        return new NodeSpec(name, layer, List.of(inputs));
    }
}
