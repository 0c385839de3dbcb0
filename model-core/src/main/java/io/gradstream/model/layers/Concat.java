package io.gradstream.model.layers;

import io.gradstream.model.parameters.Shape;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;
import java.util.Arrays;
import java.util.List;

/**
 * Its inputs one after another along the innermost dimension; the other dimensions must agree. Of sequences of different lengths the
 * shorter counts as 0 behind its end, see {@link JoinedSteps}.
 */
@Kind("concat")
@Doc("Its inputs one after another.")
public record Concat() implements LayerSpec {
    @Override
    public Declared declare(Site site) {
        Shape first = site.numbers(0).shape();
        long width = first.last();
        for (int i = 1; i < site.inputs().size(); i++) {
            Shape other = site.numbers(i).shape();
            if (!other.withLast(1).equals(first.withLast(1))) {
                throw site.wrong("inputs that differ only in the last size", first + " and " + other);
            }
            width += other.last();
        }
        return site.outputWithLongestSteps(
                first.withLast(Math.toIntExact(width)), room -> new Joined(room, first.vectors()));
    }

    private static final class Joined implements Layer {
        private final List<Input> inputs;
        private final Value out;
        private final JoinedSteps steps;
        private final int vectors;
        private final int width;

        Joined(Room room, int vectors) {
            this.inputs = room.inputs();
            this.out = room.output();
            this.steps = new JoinedSteps(inputs, out);
            this.vectors = vectors;
            int sum = 0;
            for (Input in : inputs) {
                sum += in.shape().last();
            }
            this.width = sum;
        }

        /** out (batch, sum of widths) = in0 (batch, width0) | in1 (batch, width1) | ... */
        @Override
        public void forward(Pass pass) {
            steps.join(pass.batch());
            int column = 0;
            for (int i = 0; i < inputs.size(); i++) {
                Input in = inputs.get(i);
                int size = in.shape().last();
                for (int row = 0; row < pass.batch(); row++) {
                    copy(in, row, size, column);
                }
                column += size;
            }
        }

        /** Vectors of a row that are there; the others become 0. */
        private void copy(Input in, int row, int size, int column) {
            int from = row * vectors;
            int there = there(in, row);
            for (int vector = 0; vector < vectors; vector++) {
                int to = (from + vector) * width + column;
                if (vector < there) {
                    System.arraycopy(in.data(), (from + vector) * size, out.data(), to, size);
                } else {
                    Arrays.fill(out.data(), to, to + size, 0);
                }
            }
        }

        private int there(Input in, int row) {
            return vectors / steps.most() * steps.count(in, row);
        }

        /** dIn_i += its columns of dOut, where in_i is there */
        @Override
        public void backward(Pass pass) {
            int column = 0;
            for (int i = 0; i < inputs.size(); i++) {
                Input in = inputs.get(i);
                int size = in.shape().last();
                if (in.wantsGradient()) {
                    addColumns(in, size, column, pass.batch());
                }
                column += size;
            }
        }

        private void addColumns(Input in, int size, int column, int batch) {
            float[] dIn = steps.vary() ? in.gradient(batch) : in.rawGradient();
            boolean overwrite = in.first() && !steps.vary();
            for (int row = 0; row < batch; row++) {
                int end = row * vectors + there(in, row);
                for (int vector = row * vectors; vector < end; vector++) {
                    int from = vector * width + column;
                    if (overwrite) {
                        System.arraycopy(out.gradient(), from, dIn, vector * size, size);
                    } else {
                        add(out.gradient(), from, dIn, vector * size, size);
                    }
                }
            }
        }

        private static void add(float[] x, int xAt, float[] y, int yAt, int n) {
            for (int i = 0; i < n; i++) {
                y[yAt + i] += x[xAt + i];
            }
        }
    }
}
