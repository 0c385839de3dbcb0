package io.gradstream.model.layers;

import io.gradstream.model.kernels.Kernels;

/** A layer that computes a function of each element; in place where its predecessor allows it and its slope needs no input. */
final class Elementwise implements Layer {
    private final Function function;
    private final Slope slope;
    private final boolean slopeOfOutput;
    private final Input in;
    private final Value out;
    private final float[] change;

    /** y = f(x) for n elements from 0. */
    @FunctionalInterface
    interface Function {
        void apply(float[] x, float[] y, int n);
    }

    /** dx = dy f' for n elements from 0, where f' is told by the inputs or by the outputs. */
    @FunctionalInterface
    interface Slope {
        void apply(float[] inOrOut, float[] dy, float[] dx, int n);
    }

    private Elementwise(Function function, Slope slope, boolean slopeOfOutput, Room room) {
        this.function = function;
        this.slope = slope;
        this.slopeOfOutput = slopeOfOutput;
        this.in = room.inputs().get(0);
        this.out = room.output();
        boolean adds = in.wantsGradient() && !in.inPlace() && !in.first();
        this.change = adds ? room.perRow(in.size()) : null;
    }

    /** One whose slope is told by its output. */
    static Declared fromOutput(Site site, Function function, Slope slope) {
        site.onlyNumbers();
        return site.elementwise(true, true, room -> new Elementwise(function, slope, true, room));
    }

    /** One whose slope is told by its input. */
    static Declared fromInput(Site site, Function function, Slope slope) {
        site.onlyNumbers();
        return site.elementwise(false, false, room -> new Elementwise(function, slope, false, room));
    }

    /** out (batch, size) = f(in) */
    @Override
    public void forward(Pass pass) {
        function.apply(in.data(), out.data(), pass.batch() * in.size());
    }

    /** dIn (batch, size) += dOut f'(in) */
    @Override
    public void backward(Pass pass) {
        int n = pass.batch() * in.size();
        float[] known = slopeOfOutput ? out.data() : in.data();
        slope.apply(known, out.gradient(), change == null ? in.rawGradient() : change, n);
        if (change != null) {
            Kernels.add(change, 0, in.rawGradient(), 0, n);
        }
    }
}
