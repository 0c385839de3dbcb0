package io.gradstream.model.kernels;

import static io.gradstream.model.kernels.Coefficients.*;
import static io.gradstream.model.kernels.Lanes.FLOATS;
import static io.gradstream.model.kernels.Lanes.LENGTH;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/** The transcendental functions a vector at a time: operation by operation those of {@link PlainFunctions}. */
final class VectorFunctions {
    private VectorFunctions() {}

    static FloatVector exp(FloatVector x) {
        FloatVector shifted = x.fma(LOG2_E, ROUND);
        FloatVector n = shifted.sub(ROUND);
        FloatVector r =
                n.fma(FloatVector.broadcast(FLOATS, -LN2_LOW), n.fma(FloatVector.broadcast(FLOATS, -LN2_HIGH), x));
        FloatVector q = r.fma(EXP_4, EXP_3);
        q = q.fma(r, FloatVector.broadcast(FLOATS, EXP_2));
        q = q.fma(r, FloatVector.broadcast(FLOATS, EXP_1));
        q = q.fma(r, FloatVector.broadcast(FLOATS, EXP_0));
        q = q.fma(r, FloatVector.broadcast(FLOATS, 2f));
        q = q.fma(r, FloatVector.broadcast(FLOATS, 2f));
        IntVector scale =
                shifted.reinterpretAsInts().lanewise(LSHL, EXPONENT_SHIFT).add(HALF_BITS);
        FloatVector y = q.mul(scale.reinterpretAsFloats());
        y = y.blend(Float.POSITIVE_INFINITY, x.compare(GT, EXP_HIGHEST));
        return y.blend(0f, x.compare(LT, EXP_LOWEST));
    }

    static FloatVector log(FloatVector x) {
        VectorMask<Float> small = x.compare(LT, Float.MIN_NORMAL);
        IntVector bits = x.blend(x.mul(TWO_TO_23), small).reinterpretAsInts();
        IntVector exponent = bits.sub(ROOT_HALF_BITS).lanewise(ASHR, EXPONENT_SHIFT);
        FloatVector f = bits.sub(exponent.lanewise(LSHL, EXPONENT_SHIFT))
                .reinterpretAsFloats()
                .sub(1f);
        FloatVector n = exponent.add(ROUND_BITS).reinterpretAsFloats().sub(ROUND);
        n = n.add(FloatVector.broadcast(FLOATS, 0f).blend(-23f, small));
        FloatVector y = n.fma(
                FloatVector.broadcast(FLOATS, LN2_HIGH),
                n.fma(FloatVector.broadcast(FLOATS, LN2_LOW), log1pReduced(f)));
        y = y.blend(Float.NEGATIVE_INFINITY, x.compare(EQ, 0f));
        y = x.blend(y, x.compare(LT, Float.POSITIVE_INFINITY));
        return y.blend(Float.NaN, x.compare(LT, 0f));
    }

    private static FloatVector log1pReduced(FloatVector f) {
        FloatVector q = f.fma(LOG_7, LOG_6);
        q = q.fma(f, FloatVector.broadcast(FLOATS, LOG_5));
        q = q.fma(f, FloatVector.broadcast(FLOATS, LOG_4));
        q = q.fma(f, FloatVector.broadcast(FLOATS, LOG_3));
        q = q.fma(f, FloatVector.broadcast(FLOATS, LOG_2));
        q = q.fma(f, FloatVector.broadcast(FLOATS, LOG_1));
        q = q.fma(f, FloatVector.broadcast(FLOATS, LOG_0));
        FloatVector square = f.mul(f);
        return square.mul(f).fma(q, square.fma(FloatVector.broadcast(FLOATS, -0.5f), f));
    }

    static FloatVector tanh(FloatVector x) {
        FloatVector a = x.abs();
        a = a.blend(TANH_SATURATED, a.compare(GT, TANH_SATURATED));
        FloatVector twice = a.add(a);
        FloatVector shifted = twice.fma(LOG2_E, ROUND);
        FloatVector n = shifted.sub(ROUND);
        FloatVector r =
                n.fma(FloatVector.broadcast(FLOATS, -LN2_LOW), n.fma(FloatVector.broadcast(FLOATS, -LN2_HIGH), twice));
        FloatVector q = r.fma(EXPM1_4, EXPM1_3);
        q = q.fma(r, FloatVector.broadcast(FLOATS, EXPM1_2));
        q = q.fma(r, FloatVector.broadcast(FLOATS, EXPM1_1));
        q = q.fma(r, FloatVector.broadcast(FLOATS, EXPM1_0));
        q = r.mul(r).fma(q, r);
        FloatVector scale = shifted.reinterpretAsInts()
                .lanewise(LSHL, EXPONENT_SHIFT)
                .add(ONE_BITS)
                .reinterpretAsFloats();
        FloatVector expm1 = scale.fma(q, scale.sub(1f));
        FloatVector y = expm1.div(expm1.add(2f));
        IntVector sign = x.reinterpretAsInts().and(SIGN_BIT);
        return y.reinterpretAsInts().or(sign).reinterpretAsFloats();
    }

    static FloatVector sigmoid(FloatVector x) {
        return FloatVector.broadcast(FLOATS, 1f).div(exp(x.neg()).add(1f));
    }

    static FloatVector softplus(FloatVector x) {
        FloatVector u = exp(x.abs().neg());
        VectorMask<Float> large = u.compare(GT, ROOT_TWO_LESS_ONE);
        FloatVector f = u.blend(u.sub(1f).mul(0.5f), large);
        FloatVector y = log1pReduced(f).add(FloatVector.broadcast(FLOATS, 0f).blend(LN2, large));
        return y.add(x.blend(0f, x.compare(LT, 0f)));
    }

    static FloatVector bell(FloatVector x) {
        return exp(x.mul(-0.5f).mul(x));
    }

    static FloatVector normal(FloatVector x, FloatVector bell) {
        FloatVector t = FloatVector.broadcast(FLOATS, 1f).div(x.abs().fma(TAIL_RATE, 1f));
        FloatVector q = t.fma(TAIL_7, TAIL_6);
        q = q.fma(t, FloatVector.broadcast(FLOATS, TAIL_5));
        q = q.fma(t, FloatVector.broadcast(FLOATS, TAIL_4));
        q = q.fma(t, FloatVector.broadcast(FLOATS, TAIL_3));
        q = q.fma(t, FloatVector.broadcast(FLOATS, TAIL_2));
        q = q.fma(t, FloatVector.broadcast(FLOATS, TAIL_1));
        q = q.fma(t, FloatVector.broadcast(FLOATS, TAIL_0));
        FloatVector tail = q.mul(t).mul(bell);
        return tail.blend(FloatVector.broadcast(FLOATS, 1f).sub(tail), x.compare(GT, 0f));
    }

    static void exp(float[] x, int xAt, float[] y, int yAt, int n) {
        int end = FLOATS.loopBound(n);
        for (int i = 0; i < end; i += LENGTH) {
            exp(FloatVector.fromArray(FLOATS, x, xAt + i)).intoArray(y, yAt + i);
        }
        PlainFunctions.exp(x, xAt + end, y, yAt + end, n - end);
    }

    static void log(float[] x, int xAt, float[] y, int yAt, int n) {
        int end = FLOATS.loopBound(n);
        for (int i = 0; i < end; i += LENGTH) {
            log(FloatVector.fromArray(FLOATS, x, xAt + i)).intoArray(y, yAt + i);
        }
        PlainFunctions.log(x, xAt + end, y, yAt + end, n - end);
    }

    static void tanh(float[] x, int xAt, float[] y, int yAt, int n) {
        int end = FLOATS.loopBound(n);
        for (int i = 0; i < end; i += LENGTH) {
            tanh(FloatVector.fromArray(FLOATS, x, xAt + i)).intoArray(y, yAt + i);
        }
        PlainFunctions.tanh(x, xAt + end, y, yAt + end, n - end);
    }

    static void sigmoid(float[] x, int xAt, float[] y, int yAt, int n) {
        int end = FLOATS.loopBound(n);
        for (int i = 0; i < end; i += LENGTH) {
            sigmoid(FloatVector.fromArray(FLOATS, x, xAt + i)).intoArray(y, yAt + i);
        }
        PlainFunctions.sigmoid(x, xAt + end, y, yAt + end, n - end);
    }

    static void softplus(float[] x, int xAt, float[] y, int yAt, int n) {
        int end = FLOATS.loopBound(n);
        for (int i = 0; i < end; i += LENGTH) {
            softplus(FloatVector.fromArray(FLOATS, x, xAt + i)).intoArray(y, yAt + i);
        }
        PlainFunctions.softplus(x, xAt + end, y, yAt + end, n - end);
    }
}
