package io.gradstream.model.layers;

import io.gradstream.model.parameters.Shape;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;
import java.util.Arrays;

/** All numbers of a row as one vector, in the order in which they lie: of an image, the channels of a pixel side by side. Padding of
 * sequences becomes 0. */
@Kind("flatten")
@Doc("All numbers of a row as one vector; padding of sequences becomes 0.")
public record Flatten() implements LayerSpec {
    @Override
    public Declared declare(Site site) {
        Signal in = site.onlyNumbers();
        return site.inPlace(Shape.of(in.shape().size()), Flat::new);
    }

    private static final class Flat implements Layer {
        private final Input in;
        private final Value out;

        Flat(Room room) {
            this.in = room.inputs().get(0);
            this.out = room.output();
        }

        /** out (batch, size) = in (batch, ...) */
        @Override
        public void forward(Pass pass) {
            if (!in.inPlace()) {
                System.arraycopy(in.data(), 0, out.data(), 0, pass.batch() * in.size());
            }
            clearPadding(out.data(), pass.batch());
        }

        /** dIn += dOut */
        @Override
        public void backward(Pass pass) {
            clearPadding(out.gradient(), pass.batch());
            if (!in.inPlace()) {
                in.addGradient(out.gradient(), pass.batch());
            }
        }

        private void clearPadding(float[] x, int batch) {
            if (in.lengths() != null) {
                int step = in.size() / in.shape().dim(0);
                for (int row = 0; row < batch; row++) {
                    Arrays.fill(x, row * in.size() + in.lengths()[row] * step, (row + 1) * in.size(), 0);
                }
            }
        }
    }
}
