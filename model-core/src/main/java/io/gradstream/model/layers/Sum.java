package io.gradstream.model.layers;

import io.gradstream.model.kernels.Kernels;
import io.gradstream.model.parameters.Shape;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;
import java.util.Arrays;
import java.util.List;

/**
 * The sum of its inputs, element by element; a residual connection is the sum of a layer and what that layer read. Of sequences of
 * different lengths the shorter counts as 0 behind its end, see {@link JoinedSteps}.
 */
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
        return site.outputWithLongestSteps(shape, Added::new);
    }

    private static final class Added implements Layer {
        private final List<Input> inputs;
        private final Value out;
        private final JoinedSteps steps;
        private final int size;
        private final int step;

        Added(Room room) {
            this.inputs = room.inputs();
            this.out = room.output();
            this.steps = new JoinedSteps(inputs, out);
            this.size = inputs.get(0).size();
            this.step = size / steps.most();
        }

        /** out (batch, size) = in0 + in1 + ..., all (batch, size) */
        @Override
        public void forward(Pass pass) {
            if (steps.vary()) {
                addThoseThatAreThere(pass.batch());
                return;
            }
            int n = pass.batch() * size;
            System.arraycopy(inputs.get(0).data(), 0, out.data(), 0, n);
            for (int i = 1; i < inputs.size(); i++) {
                Kernels.add(inputs.get(i).data(), 0, out.data(), 0, n);
            }
        }

        private void addThoseThatAreThere(int batch) {
            steps.join(batch);
            Arrays.fill(out.data(), 0, batch * size, 0);
            for (int i = 0; i < inputs.size(); i++) {
                Input in = inputs.get(i);
                for (int row = 0; row < batch; row++) {
                    Kernels.add(in.data(), row * size, out.data(), row * size, steps.count(in, row) * step);
                }
            }
        }

        /** dIn_i += dOut, where in_i is there */
        @Override
        public void backward(Pass pass) {
            for (int i = 0; i < inputs.size(); i++) {
                Input in = inputs.get(i);
                if (!steps.vary()) {
                    in.addGradient(out.gradient(), pass.batch());
                } else if (in.wantsGradient()) {
                    float[] dIn = in.gradient(pass.batch());
                    for (int row = 0; row < pass.batch(); row++) {
                        Kernels.add(out.gradient(), row * size, dIn, row * size, steps.count(in, row) * step);
                    }
                }
            }
        }
    }
}
