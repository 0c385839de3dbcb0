package io.gradstream.model.layers;

import io.gradstream.model.parameters.Shape;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;
import java.util.List;

/** Its inputs one after another along the innermost dimension; the other dimensions must agree. */
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
        return site.outputWithSteps(first.withLast(Math.toIntExact(width)), room -> new Joined(room, first.vectors()));
    }

    private static final class Joined implements Layer {
        private final List<Input> inputs;
        private final Value out;
        private final int vectors;
        private final int width;

        Joined(Room room, int vectors) {
            this.inputs = room.inputs();
            this.out = room.output();
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
            int batch = pass.batch() * vectors;
            int column = 0;
            for (int i = 0; i < inputs.size(); i++) {
                Input in = inputs.get(i);
                int size = in.shape().last();
                for (int row = 0; row < batch; row++) {
                    System.arraycopy(in.data(), row * size, out.data(), row * width + column, size);
                }
                column += size;
            }
        }

        /** dIn_i += its columns of dOut */
        @Override
        public void backward(Pass pass) {
            int batch = pass.batch() * vectors;
            int column = 0;
            for (int i = 0; i < inputs.size(); i++) {
                Input in = inputs.get(i);
                int size = in.shape().last();
                if (in.wantsGradient()) {
                    addColumns(in, size, column, batch);
                }
                column += size;
            }
        }

        private void addColumns(Input in, int size, int column, int batch) {
            float[] dIn = in.rawGradient();
            float[] dOut = out.gradient();
            for (int row = 0; row < batch; row++) {
                if (in.first()) {
                    System.arraycopy(dOut, row * width + column, dIn, row * size, size);
                } else {
                    for (int i = 0; i < size; i++) {
                        dIn[row * size + i] += dOut[row * width + column + i];
                    }
                }
            }
        }
    }
}
