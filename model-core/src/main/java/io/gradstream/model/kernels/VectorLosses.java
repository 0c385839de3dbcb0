package io.gradstream.model.kernels;

import static io.gradstream.model.kernels.Lanes.FLOATS;
import static io.gradstream.model.kernels.Lanes.LENGTH;
import static io.gradstream.model.kernels.VectorFunctions.BLOCK;

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
        float[] room = VectorFunctions.blocks();
        for (int i = 0; i < end; i += BLOCK) {
            int length = Math.min(BLOCK, end - i);
            int logit = zAt + i;
            VectorFunctions.blockOfSoftplusBelow0(z, logit, room, 0, length);
            binaryLosses(length, z, logit, target, targetAt + i, factor, factorAt + i, room, loss, lossAt + i);
            blockOfSigmoidBelow0(z, logit, room, length);
            binarySlopes(length, z, logit, target, targetAt + i, factor, factorAt + i, room, dz, dzAt + i);
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

    private static void binaryLosses(
            int end,
            float[] z,
            int zAt,
            float[] target,
            int targetAt,
            float[] factor,
            int factorAt,
            float[] softplus,
            float[] loss,
            int lossAt) {
        FloatVector one = FloatVector.broadcast(FLOATS, 1f);
        for (int i = 0; i < end; i += LENGTH) {
            FloatVector v = FloatVector.fromArray(FLOATS, z, zAt + i);
            FloatVector t = FloatVector.fromArray(FLOATS, target, targetAt + i);
            FloatVector straight = one.sub(t).blend(t.neg(), v.compare(VectorOperators.LT, 0f));
            FloatVector.fromArray(FLOATS, factor, factorAt + i)
                    .mul(straight.fma(v, FloatVector.fromArray(FLOATS, softplus, i)))
                    .intoArray(loss, lossAt + i);
        }
    }

    /** s = 1 / (1 + e^|z|) */
    private static void blockOfSigmoidBelow0(float[] z, int zAt, float[] s, int end) {
        for (int i = 0; i < end; i += LENGTH) {
            FloatVector.fromArray(FLOATS, z, zAt + i).abs().intoArray(s, i);
        }
        VectorFunctions.wholeExp(s, 0, s, 0, end);
        VectorFunctions.onePlusInverted(s, 0, end);
    }

    private static void binarySlopes(
            int end,
            float[] z,
            int zAt,
            float[] target,
            int targetAt,
            float[] factor,
            int factorAt,
            float[] sigmoid,
            float[] dz,
            int dzAt) {
        FloatVector one = FloatVector.broadcast(FLOATS, 1f);
        for (int i = 0; i < end; i += LENGTH) {
            FloatVector t = FloatVector.fromArray(FLOATS, target, targetAt + i);
            FloatVector s = FloatVector.fromArray(FLOATS, sigmoid, i);
            FloatVector above = one.sub(t).sub(s);
            FloatVector slope = above.blend(
                    s.sub(t), FloatVector.fromArray(FLOATS, z, zAt + i).compare(VectorOperators.LT, 0f));
            FloatVector.fromArray(FLOATS, factor, factorAt + i).mul(slope).intoArray(dz, dzAt + i);
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
