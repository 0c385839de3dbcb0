package io.gradstream.model.kernels;

import static io.gradstream.model.kernels.Lanes.FLOATS;
import static io.gradstream.model.kernels.Lanes.LENGTH;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;

import jdk.incubator.vector.FloatVector;

/** One step of an optimizer with vectors; what it computes is in {@link PlainOptimizers}. */
final class VectorOptimizers {
    private VectorOptimizers() {}

    static void sgd(float rate, float decay, float[] w, int wAt, float[] g, int gAt, int n) {
        int end = FLOATS.loopBound(n);
        for (int i = 0; i < end; i += LENGTH) {
            FloatVector weight = FloatVector.fromArray(FLOATS, w, wAt + i);
            FloatVector d = weight.fma(FloatVector.broadcast(FLOATS, decay), FloatVector.fromArray(FLOATS, g, gAt + i));
            d.fma(FloatVector.broadcast(FLOATS, -rate), weight).intoArray(w, wAt + i);
        }
        PlainOptimizers.sgd(rate, decay, w, wAt + end, g, gAt + end, n - end);
    }

    static void momentum(
            float rate,
            float momentum,
            float decay,
            float[] w,
            int wAt,
            float[] g,
            int gAt,
            float[] v,
            int vAt,
            int n) {
        int end = FLOATS.loopBound(n);
        for (int i = 0; i < end; i += LENGTH) {
            FloatVector weight = FloatVector.fromArray(FLOATS, w, wAt + i);
            FloatVector d = weight.fma(FloatVector.broadcast(FLOATS, decay), FloatVector.fromArray(FLOATS, g, gAt + i));
            FloatVector velocity =
                    FloatVector.fromArray(FLOATS, v, vAt + i).fma(FloatVector.broadcast(FLOATS, momentum), d);
            velocity.intoArray(v, vAt + i);
            velocity.fma(FloatVector.broadcast(FLOATS, -rate), weight).intoArray(w, wAt + i);
        }
        PlainOptimizers.momentum(rate, momentum, decay, w, wAt + end, g, gAt + end, v, vAt + end, n - end);
    }

    static void nesterov(
            float rate,
            float momentum,
            float decay,
            float[] w,
            int wAt,
            float[] g,
            int gAt,
            float[] v,
            int vAt,
            int n) {
        int end = FLOATS.loopBound(n);
        for (int i = 0; i < end; i += LENGTH) {
            FloatVector weight = FloatVector.fromArray(FLOATS, w, wAt + i);
            FloatVector d = weight.fma(FloatVector.broadcast(FLOATS, decay), FloatVector.fromArray(FLOATS, g, gAt + i));
            FloatVector velocity =
                    FloatVector.fromArray(FLOATS, v, vAt + i).fma(FloatVector.broadcast(FLOATS, momentum), d);
            velocity.intoArray(v, vAt + i);
            velocity.fma(FloatVector.broadcast(FLOATS, momentum), d)
                    .fma(FloatVector.broadcast(FLOATS, -rate), weight)
                    .intoArray(w, wAt + i);
        }
        PlainOptimizers.nesterov(rate, momentum, decay, w, wAt + end, g, gAt + end, v, vAt + end, n - end);
    }

    static void adagrad(
            float rate, float epsilon, float decay, float[] w, int wAt, float[] g, int gAt, float[] s, int sAt, int n) {
        int end = FLOATS.loopBound(n);
        for (int i = 0; i < end; i += LENGTH) {
            FloatVector weight = FloatVector.fromArray(FLOATS, w, wAt + i);
            FloatVector d = weight.fma(FloatVector.broadcast(FLOATS, decay), FloatVector.fromArray(FLOATS, g, gAt + i));
            FloatVector squares = d.fma(d, FloatVector.fromArray(FLOATS, s, sAt + i));
            squares.intoArray(s, sAt + i);
            d.div(squares.sqrt().add(epsilon))
                    .fma(FloatVector.broadcast(FLOATS, -rate), weight)
                    .intoArray(w, wAt + i);
        }
        PlainOptimizers.adagrad(rate, epsilon, decay, w, wAt + end, g, gAt + end, s, sAt + end, n - end);
    }

    static void rmsProp(
            float rate,
            float memory,
            float fresh,
            float epsilon,
            float decay,
            float[] w,
            int wAt,
            float[] g,
            int gAt,
            float[] s,
            int sAt,
            int n) {
        int end = FLOATS.loopBound(n);
        for (int i = 0; i < end; i += LENGTH) {
            FloatVector weight = FloatVector.fromArray(FLOATS, w, wAt + i);
            FloatVector d = weight.fma(FloatVector.broadcast(FLOATS, decay), FloatVector.fromArray(FLOATS, g, gAt + i));
            FloatVector squares = d.mul(fresh)
                    .fma(d, FloatVector.fromArray(FLOATS, s, sAt + i).mul(memory));
            squares.intoArray(s, sAt + i);
            d.div(squares.sqrt().add(epsilon))
                    .fma(FloatVector.broadcast(FLOATS, -rate), weight)
                    .intoArray(w, wAt + i);
        }
        PlainOptimizers.rmsProp(rate, memory, fresh, epsilon, decay, w, wAt + end, g, gAt + end, s, sAt + end, n - end);
    }

    static void adam(
            float rate,
            float memory1,
            float fresh1,
            float memory2,
            float fresh2,
            float rootScale,
            float epsilon,
            float decay,
            float keep,
            float[] w,
            int wAt,
            float[] g,
            int gAt,
            float[] m,
            int mAt,
            float[] v,
            int vAt,
            int n) {
        int end = FLOATS.loopBound(n);
        for (int i = 0; i < end; i += LENGTH) {
            FloatVector weight = FloatVector.fromArray(FLOATS, w, wAt + i);
            FloatVector d = weight.fma(FloatVector.broadcast(FLOATS, decay), FloatVector.fromArray(FLOATS, g, gAt + i));
            FloatVector mean = d.fma(
                    FloatVector.broadcast(FLOATS, fresh1),
                    FloatVector.fromArray(FLOATS, m, mAt + i).mul(memory1));
            FloatVector squares = d.mul(fresh2)
                    .fma(d, FloatVector.fromArray(FLOATS, v, vAt + i).mul(memory2));
            mean.intoArray(m, mAt + i);
            squares.intoArray(v, vAt + i);
            FloatVector step = mean.div(squares.sqrt().fma(rootScale, epsilon));
            step.fma(FloatVector.broadcast(FLOATS, -rate), weight.mul(keep)).intoArray(w, wAt + i);
        }
        PlainOptimizers.adam(
                rate, memory1, fresh1, memory2, fresh2, rootScale, epsilon, decay, keep, w, wAt + end, g, gAt + end, m,
                mAt + end, v, vAt + end, n - end);
    }

    static void ftrl(
            float alpha,
            float beta,
            float l1,
            float l2,
            float[] w,
            int wAt,
            float[] g,
            int gAt,
            float[] z,
            int zAt,
            float[] s,
            int sAt,
            int n) {
        int end = FLOATS.loopBound(n);
        float inverse = 1f / alpha;
        for (int i = 0; i < end; i += LENGTH) {
            FloatVector d = FloatVector.fromArray(FLOATS, g, gAt + i);
            FloatVector before = FloatVector.fromArray(FLOATS, s, sAt + i);
            FloatVector after = d.fma(d, before);
            FloatVector rootAfter = after.sqrt();
            FloatVector difference =
                    after.sub(before).div(rootAfter.add(before.sqrt()).add(Float.MIN_NORMAL));
            FloatVector linear = difference
                    .neg()
                    .mul(inverse)
                    .fma(
                            FloatVector.fromArray(FLOATS, w, wAt + i),
                            FloatVector.fromArray(FLOATS, z, zAt + i).add(d));
            after.intoArray(s, sAt + i);
            linear.intoArray(z, zAt + i);
            FloatVector excess = linear.abs().sub(l1);
            FloatVector size = excess.div(rootAfter.add(beta).fma(inverse, l2));
            size.blend(size.neg(), linear.compare(GT, 0f))
                    .blend(0f, excess.compare(LE, 0f))
                    .intoArray(w, wAt + i);
        }
        PlainOptimizers.ftrl(alpha, beta, l1, l2, w, wAt + end, g, gAt + end, z, zAt + end, s, sAt + end, n - end);
    }

    static void softThreshold(float threshold, float[] w, int wAt, int n) {
        int end = FLOATS.loopBound(n);
        for (int i = 0; i < end; i += LENGTH) {
            FloatVector v = FloatVector.fromArray(FLOATS, w, wAt + i);
            FloatVector less = v.abs().sub(threshold);
            FloatVector sized = less.neg().blend(less, v.compare(GT, 0f));
            sized.blend(0f, less.compare(LE, 0f)).intoArray(w, wAt + i);
        }
        PlainOptimizers.softThreshold(threshold, w, wAt + end, n - end);
    }
}
