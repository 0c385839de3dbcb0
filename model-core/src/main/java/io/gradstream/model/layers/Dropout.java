package io.gradstream.model.layers;

import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;

/**
 * Sets each element to 0 with probability {@code rate} while learning, and divides the others by 1 - rate; does nothing while scoring
 * (Srivastava et al. 2014). Which ones is a pure function of the seed, the layer's name and the number of the mini-batch.
 *
 * @param rate at least 0 and below 1; taken to the nearest multiple of 2^-16
 */
@Kind("dropout")
@Doc("Sets elements to 0 at random while learning.")
public record Dropout(
        @Doc("Probability of 0, at least 0 and below 1.") float rate) implements LayerSpec {
    public Dropout {
        Rules.dropout("rate", rate);
    }

    @Override
    public Declared declare(Site site) {
        site.onlyNumbers();
        return site.elementwise(true, false, room -> new Dropped(1 - rate, room));
    }

    private static final class Dropped implements Layer {
        private final Input in;
        private final Value out;
        private final Mask mask;

        Dropped(float keep, Room room) {
            this.in = room.inputs().get(0);
            this.out = room.output();
            this.mask = new Mask(keep, in.size(), "dropout", room);
        }

        /** out (batch, size) = in * mask (learning); out = in (scoring) */
        @Override
        public void forward(Pass pass) {
            int n = pass.batch() * in.size();
            if (!in.inPlace()) {
                System.arraycopy(in.data(), 0, out.data(), 0, n);
            }
            mask.drop(pass, out.data(), n);
        }

        /** dIn += dOut * mask */
        @Override
        public void backward(Pass pass) {
            if (in.wantsGradient()) {
                mask.dropGradient(out.gradient(), pass.batch() * in.size());
                if (!in.inPlace()) {
                    in.addGradient(out.gradient(), pass.batch());
                }
            }
        }
    }
}
