package io.gradstream.model.layers;

import io.gradstream.model.kernels.Kernels;
import io.gradstream.model.parameters.Shape;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;
import java.util.List;

/** The sum of its inputs, element by element; a residual connection is the sum of a layer and what that layer read. */
@Kind("sum")
@Doc("The sum of its inputs, element by element: a residual connection.")
public record Sum() implements LayerSpec {
    @Override
    public Declared declare(Site site) {
        Shape shape = site.numbers(0).shape();
        for (int i = 1; i < site.inputs().size(); i++) {
            if (!site.numbers(i).shape().equals(shape)) {
                throw site.wrong(
                        "inputs of one shape",
                        shape + " and " + site.inputs().get(i).shape());
            }
        }
        return site.outputWithSteps(shape, Added::new);
    }

    private static final class Added implements Layer {
        private final List<Input> inputs;
        private final Value out;

        Added(Room room) {
            this.inputs = room.inputs();
            this.out = room.output();
        }

        /** out (batch, size) = in0 + in1 + ..., all (batch, size) */
        @Override
        public void forward(Pass pass) {
            int n = pass.batch() * inputs.get(0).size();
            System.arraycopy(inputs.get(0).data(), 0, out.data(), 0, n);
            for (int i = 1; i < inputs.size(); i++) {
                Kernels.add(inputs.get(i).data(), 0, out.data(), 0, n);
            }
        }

        /** dIn_i += dOut */
        @Override
        public void backward(Pass pass) {
            for (int i = 0; i < inputs.size(); i++) {
                inputs.get(i).addGradient(out.gradient(), pass.batch());
            }
        }
    }
}
