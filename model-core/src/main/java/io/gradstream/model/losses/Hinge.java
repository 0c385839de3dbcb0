package io.gradstream.model.losses;

import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;

/**
 * max(0, 1 - s z), for one output z and targets of 0 or 1 that stand for s = -1 and s = +1: a linear support vector machine.
 *
 * <p>The score is 1 / (1 + exp(-z)), which is above a half where z is positive; it ranks like z, but it is no calibrated probability.
 */
@Kind("hinge")
@Doc("max(0, 1 - s z), for targets of 0 or 1 that stand for s = -1 or +1; the score ranks, but is no probability.")
public record Hinge() implements LossSpec {
    @Override
    public Link link() {
        return Link.SIGMOID;
    }

    @Override
    public Targets targets() {
        return Targets.ZERO_OR_ONE;
    }

    @Override
    public Loss make(int capacity, int outputs) {
        return new PerRow(new Margin(), capacity);
    }

    private record Margin() implements PerRow.Curve {
        @Override
        public double loss(double z, double t) {
            return Math.max(0, 1 - (2 * t - 1) * z);
        }

        @Override
        public float slope(float z, float t) {
            float sign = 2 * t - 1;
            return sign * z < 1 ? -sign : 0;
        }
    }
}
