package io.gradstream.model.kernels;

import static io.gradstream.model.kernels.Lanes.FLOATS;
import static io.gradstream.model.kernels.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;

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
            FloatVector difference =
                    FloatVector.fromArray(FLOATS, y, yAt + i).sub(FloatVector.fromArray(FLOATS, target, targetAt + i));
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
        binaryLosses(end, z, zAt, target, targetAt, factor, factorAt, loss, lossAt);
        binarySlopes(end, z, zAt, target, targetAt, factor, factorAt, dz, dzAt);
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
            f.mul(t.neg().fma(v, VectorFunctions.softplus(v))).intoArray(loss, lossAt + i);
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
            f.mul(VectorFunctions.sigmoid(v).sub(t)).intoArray(dz, dzAt + i);
        }
    }

    /** The classes of one row are few; what is left here is one pass of scaling. */
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
            float f = factor[factorAt + i];
            loss[lossAt + i] = PlainLosses.crossEntropy(f, loss[lossAt + i], z[zAt + at + label]);
            dz[dzAt + at + label] -= 1f;
            VectorArithmetic.scale(f, dz, dzAt + at, classes);
        }
    }
}
