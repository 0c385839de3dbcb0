package io.gradstream.model.losses;

import io.gradstream.model.spec.Default;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;

/**
 * quantile (t - y) where the output is too low, (1 - quantile) (y - t) where it is too high: the best answer is that quantile of
 * the targets (Koenker and Bassett 1978).
 *
 * @param quantile between 0 and 1
 */
@Kind("quantile")
@Doc("The pinball loss: learns a quantile of the targets.")
public record Quantile(
        @Doc("Which quantile, above 0 and below 1.") @Default("0.5")
        float quantile) implements LossSpec {
    public Quantile {
        if (!(quantile > 0 && quantile < 1)) {
            throw new IllegalArgumentException("quantile must be above 0 and below 1, was " + quantile);
        }
    }

    @Override
    public Link link() {
        return Link.IDENTITY;
    }

    @Override
    public Targets targets() {
        return Targets.NUMBER;
    }

    @Override
    public Loss make(int capacity, int outputs) {
        return new PerRow(new Pinball(quantile), capacity);
    }

    private record Pinball(float quantile) implements PerRow.Curve {
        @Override
        public double loss(double y, double t) {
            return y < t ? quantile * (t - y) : (1.0 - quantile) * (y - t);
        }

        @Override
        public float slope(float y, float t) {
            return y < t ? -quantile : y > t ? 1 - quantile : 0;
        }
    }
}
