package io.gradstream.model.kernels;

import static io.gradstream.model.kernels.Lanes.FLOATS;
import static io.gradstream.model.kernels.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Losses and their gradients with vectors. */
final class VectorLosses {
    private VectorLosses() {}

    static void squaredError(
            int n,
            float[] y,
            int yAt,
            float[] target,
            int targetAt,
            float[] factor,
            int factorAt,
            float[] loss,
            int lossAt,
            float[] dy,
            int dyAt) {
        int end = FLOATS.loopBound(n);
        for (int i = 0; i < end; i += LENGTH) {
            FloatVector difference = FloatVector.fromArray(FLOATS, y, yAt + i)
                    .sub(FloatVector.fromArray(FLOATS, target, targetAt + i))
                    .min(Float.MAX_VALUE)
                    .max(-Float.MAX_VALUE);
            FloatVector scaled =
                    FloatVector.fromArray(FLOATS, factor, factorAt + i).mul(difference);
            scaled.mul(difference).intoArray(loss, lossAt + i);
            scaled.add(scaled).intoArray(dy, dyAt + i);
        }
        PlainLosses.squaredError(
                n - end,
                y,
                yAt + end,
                target,
                targetAt + end,
                factor,
                factorAt + end,
                loss,
                lossAt + end,
                dy,
                dyAt + end);
    }

    static void binaryCrossEntropy(
            int n,
            float[] z,
            int zAt,
            float[] target,
            int targetAt,
            float[] factor,
            int factorAt,
            float[] loss,
            int lossAt,
            float[] dz,
            int dzAt) {
        int end = FLOATS.loopBound(n);
        if (end > 0) {
            binaryLosses(end, z, zAt, target, targetAt, factor, factorAt, loss, lossAt);
            binarySlopes(end, z, zAt, target, targetAt, factor, factorAt, dz, dzAt);
        }
        PlainLosses.binaryCrossEntropy(
                n - end,
                z,
                zAt + end,
                target,
                targetAt + end,
                factor,
                factorAt + end,
                loss,
                lossAt + end,
                dz,
                dzAt + end);
    }

    /** Apart from the slopes: with two exponentials in one loop, the JIT makes objects of some vectors. */
    private static void binaryLosses(
            int end,
            float[] z,
            int zAt,
            float[] target,
            int targetAt,
            float[] factor,
            int factorAt,
            float[] loss,
            int lossAt) {
        for (int i = 0; i < end; i += LENGTH) {
            FloatVector v = FloatVector.fromArray(FLOATS, z, zAt + i);
            FloatVector t = FloatVector.fromArray(FLOATS, target, targetAt + i);
            FloatVector f = FloatVector.fromArray(FLOATS, factor, factorAt + i);
            FloatVector straight =
                    FloatVector.broadcast(FLOATS, 1f).sub(t).blend(t.neg(), v.compare(VectorOperators.LT, 0f));
            f.mul(straight.fma(v, VectorFunctions.softplus(v.abs().neg()))).intoArray(loss, lossAt + i);
        }
    }

    private static void binarySlopes(
            int end,
            float[] z,
            int zAt,
            float[] target,
            int targetAt,
            float[] factor,
            int factorAt,
            float[] dz,
            int dzAt) {
        for (int i = 0; i < end; i += LENGTH) {
            FloatVector v = FloatVector.fromArray(FLOATS, z, zAt + i);
            FloatVector t = FloatVector.fromArray(FLOATS, target, targetAt + i);
            FloatVector f = FloatVector.fromArray(FLOATS, factor, factorAt + i);
            FloatVector s = VectorFunctions.sigmoid(v.abs().neg());
            FloatVector above = FloatVector.broadcast(FLOATS, 1f).sub(t).sub(s);
            f.mul(above.blend(s.sub(t), v.compare(VectorOperators.LT, 0f))).intoArray(dz, dzAt + i);
        }
    }

    /** The classes of one row are few; its largest, its sum and the scaling are passes over it. */
    static void crossEntropy(
            int rows,
            int classes,
            float[] z,
            int zAt,
            float[] target,
            int targetAt,
            float[] factor,
            int factorAt,
            float[] loss,
            int lossAt,
            float[] dz,
            int dzAt) {
        for (int i = 0; i < rows; i++) {
            int at = i * classes;
            int label = (int) target[targetAt + i];
            float p = dz[dzAt + at + label];
            float highest = VectorArithmetic.max(dz, dzAt + at, classes);
            float below = VectorArithmetic.max(z, zAt + at, classes) - z[zAt + at + label];
            dz[dzAt + at + label] = 0f;
            float rest = VectorSums.sum(dz, dzAt + at, classes);
            dz[dzAt + at + label] = PlainLosses.slope(p, rest);
            float f = factor[factorAt + i];
            loss[lossAt + i] = f * PlainLosses.minusLog(rest, below, highest);
            VectorArithmetic.scale(f, dz, dzAt + at, classes);
        }
    }
}
