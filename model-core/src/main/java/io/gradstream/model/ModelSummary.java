package io.gradstream.model;

import io.gradstream.model.Blueprint.Node;
import io.gradstream.model.layers.Signal;
import io.gradstream.model.spec.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a spec's inputs and layers are, with their shapes and sizes, known before anything is allocated.
 *
 * @param inputs the inputs, in their order
 * @param layers the layers, in their order
 */
public record ModelSummary(List<Part> inputs, List<Part> layers) {
    public ModelSummary {
        inputs = List.copyOf(inputs);
        layers = List.copyOf(layers);
    }

    /**
     * An input or a layer.
     *
     * @param name its name
     * @param kind its kind, as a spec writes it
     * @param shape of one row of it; where {@code sequence}, the first size is the most steps
     * @param sequence whether each row has a number of steps of its own
     * @param parameters how many dense parameters it has; running statistics are not among them
     * @param sparse how many parameters its sparse tables have, touched or not
     */
    public record Part(String name, String kind, List<Integer> shape, boolean sequence, long parameters, long sparse) {
        public Part {
            shape = List.copyOf(shape);
        }

        private static Part of(Signal signal, String kind, long parameters, long sparse) {
            return new Part(
                    signal.name(),
                    kind,
                    Arrays.stream(signal.shape().dims()).boxed().toList(),
                    signal.steps(),
                    parameters,
                    sparse);
        }

        /** The shape as in (28, 28, 1), or as in (up to 20, 12) for a sequence. */
        public String shapeText() {
            return shape.stream()
                    .map(String::valueOf)
                    .collect(Collectors.joining(", ", sequence ? "(up to " : "(", ")"));
        }
    }

    /**
     * The summary of a spec.
     *
     * @throws io.gradstream.model.layers.ShapeException if the layers do not fit
     */
    public static ModelSummary of(ModelSpec spec) {
        Blueprint blueprint = Blueprint.of(spec);
        List<Signal> signals = blueprint.signals();
        List<Part> inputs = new ArrayList<>();
        for (int i = 0; i < blueprint.inputs(); i++) {
            String kind =
                    spec.inputs().get(i).getClass().getAnnotation(Kind.class).value();
            inputs.add(Part.of(signals.get(i), kind, 0, 0));
        }
        List<Part> layers = new ArrayList<>();
        for (int i = 0; i < blueprint.nodes().size(); i++) {
            Node node = blueprint.nodes().get(i);
            layers.add(Part.of(
                    signals.get(blueprint.inputs() + i),
                    spec.layers().get(i).layer().kind(),
                    node.parameters(),
                    node.sparse()));
        }
        return new ModelSummary(inputs, layers);
    }

    /** Dense parameters of all layers. */
    public long parameters() {
        return layers.stream().mapToLong(Part::parameters).sum();
    }

    /** Parameters of all sparse tables, touched or not. */
    public long sparse() {
        return layers.stream().mapToLong(Part::sparse).sum();
    }
}
