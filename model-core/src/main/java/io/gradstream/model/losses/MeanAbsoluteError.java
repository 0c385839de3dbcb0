package io.gradstream.model.losses;

import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;

/** |y - t|, whose best answer is the median. */
@Kind("mean-absolute-error")
@Doc("|y - t|: learns the median.")
public record MeanAbsoluteError() implements LossSpec {
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
        return new PerRow(new Absolute(), capacity);
    }

    private record Absolute() implements PerRow.Curve {
        @Override
        public double loss(double y, double t) {
            return Math.abs(y - t);
        }

        @Override
        public float slope(float y, float t) {
            return Math.signum(y - t);
        }
    }
}
