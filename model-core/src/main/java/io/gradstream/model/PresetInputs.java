package io.gradstream.model;

import java.util.ArrayList;
import java.util.List;

/** What a preset wants among its inputs, said in one line where it is not there. */
final class PresetInputs {
    private PresetInputs() {}

    /** What a preset made of its inputs, which must be something. */
    static List<String> wanted(List<String> parts, String preset, String input, List<InputSpec> inputs) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException(preset + " wanted at least one input that is " + input + ", came "
                    + inputs.stream().map(InputSpec::name).toList());
        }
        return parts;
    }

    /** Refuses inputs without numbers whose categories, of those that a preset reads, are none. */
    static void wantFeatures(String preset, List<InputSpec> inputs, List<InputSpec> categories) {
        List<String> features = new ArrayList<>(names(inputs, InputSpec.NumbersInput.class));
        features.addAll(names(categories, InputSpec.CategoriesInput.class));
        boolean all = categories.equals(inputs);
        wanted(
                features,
                preset,
                all ? "numbers or categories" : "numbers, or categories among " + names(categories, InputSpec.class),
                inputs);
    }

    private static List<String> names(List<InputSpec> inputs, Class<? extends InputSpec> kind) {
        return inputs.stream().filter(kind::isInstance).map(InputSpec::name).toList();
    }
}
