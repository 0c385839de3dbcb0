package io.gradstream.pipeline.config;

import io.gradstream.model.spec.Doc;
import java.util.Map;

/**
 * First weights from a state dictionary of PyTorch, saved as safetensors with F32 tensors.
 *
 * @param file the path, from the pipeline file
 * @param names PyTorch's name for each layer, or each of its weights, that takes them from the file
 */
@Doc("First weights of PyTorch, from a state dictionary saved as safetensors (F32).")
public record InitialWeightsSpec(
        @Doc("The file, its path from the pipeline file.") String file,

        @Doc("PyTorch's name for each layer (hidden-1: fc1), or for one of its weights (hidden-1.weight: fc1.weight);"
                + " the others begin as they would.")
        Map<String, String> names) {
    public InitialWeightsSpec {
        names = Map.copyOf(names);
        if (names.isEmpty()) {
            throw new IllegalArgumentException("names must name at least one layer");
        }
    }
}
