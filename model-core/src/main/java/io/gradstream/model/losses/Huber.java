package io.gradstream.model.losses;

import io.gradstream.model.spec.Default;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;

/**
 * d² / 2 for errors d = y - t up to ± delta, and delta (|d| - delta / 2) beyond (Huber 1964).
 *
 * @param delta where the parabola ends, above 0
 */
@Kind("huber")
@Doc("Half the squared error up to delta, a straight line beyond.")
public record Huber(
        @Doc("The error from which on the loss is a straight line, above 0.") @Default("1")
        float delta) implements LossSpec {
    public Huber {
        if (!(delta > 0) || Float.isInfinite(delta)) {
            throw new IllegalArgumentException("delta must be > 0 and finite, was " + delta);
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
        return new PerRow(new Bent(delta), capacity);
    }

    private record Bent(float delta) implements PerRow.Curve {
        @Override
        public double loss(double y, double t) {
            double d = Math.abs(y - t);
            return d <= delta ? 0.5 * d * d : delta * (d - 0.5 * delta);
        }

        @Override
        public float slope(float y, float t) {
            return Math.max(-delta, Math.min(delta, y - t));
        }
    }
}
