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

/**
 * The transcendental functions a vector at a time: operation by operation those of {@link PlainFunctions}.
 *
 * <p>Where the JIT does not inline a method that takes a vector, it makes objects of vectors. It may not where a loop is seldom entered, so
 * whole vectors have methods of their own, which are not called where there are none; nor at the end of a method that calls much, so the
 * passes that others are made of, those of exp, tanh and sigmoid, call no such method.
 */
final class VectorFunctions {
    /** Elements that stay in a first-level cache while several passes go over them. */
    private static final int BLOCK = 2048;

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
        if (end > 0) {
            wholeExp(x, xAt, y, yAt, end);
        }
        PlainFunctions.exp(x, xAt + end, y, yAt + end, n - end);
    }

    private static void wholeExp(float[] x, int xAt, float[] y, int yAt, int end) {
        for (int i = 0; i < end; i += LENGTH) {
            FloatVector v = FloatVector.fromArray(FLOATS, x, xAt + i);
            FloatVector shifted = v.fma(LOG2_E, ROUND);
            FloatVector n = shifted.sub(ROUND);
            FloatVector r =
                    n.fma(FloatVector.broadcast(FLOATS, -LN2_LOW), n.fma(FloatVector.broadcast(FLOATS, -LN2_HIGH), v));
            FloatVector q = r.fma(EXP_4, EXP_3);
            q = q.fma(r, FloatVector.broadcast(FLOATS, EXP_2));
            q = q.fma(r, FloatVector.broadcast(FLOATS, EXP_1));
            q = q.fma(r, FloatVector.broadcast(FLOATS, EXP_0));
            q = q.fma(r, FloatVector.broadcast(FLOATS, 2f));
            q = q.fma(r, FloatVector.broadcast(FLOATS, 2f));
            IntVector scale =
                    shifted.reinterpretAsInts().lanewise(LSHL, EXPONENT_SHIFT).add(HALF_BITS);
            FloatVector exp = q.mul(scale.reinterpretAsFloats());
            exp = exp.blend(Float.POSITIVE_INFINITY, v.compare(GT, EXP_HIGHEST));
            exp.blend(0f, v.compare(LT, EXP_LOWEST)).intoArray(y, yAt + i);
        }
    }

    static void log(float[] x, int xAt, float[] y, int yAt, int n) {
        int end = FLOATS.loopBound(n);
        if (end > 0) {
            wholeLog(x, xAt, y, yAt, end);
        }
        PlainFunctions.log(x, xAt + end, y, yAt + end, n - end);
    }

    private static void wholeLog(float[] x, int xAt, float[] y, int yAt, int end) {
        for (int i = 0; i < end; i += LENGTH) {
            log(FloatVector.fromArray(FLOATS, x, xAt + i)).intoArray(y, yAt + i);
        }
    }

    static void tanh(float[] x, int xAt, float[] y, int yAt, int n) {
        int end = FLOATS.loopBound(n);
        if (end > 0) {
            wholeTanh(x, xAt, y, yAt, end);
        }
        PlainFunctions.tanh(x, xAt + end, y, yAt + end, n - end);
    }

    private static void wholeTanh(float[] x, int xAt, float[] y, int yAt, int end) {
        for (int i = 0; i < end; i += LENGTH) {
            FloatVector v = FloatVector.fromArray(FLOATS, x, xAt + i);
            FloatVector a = v.abs();
            a = a.blend(TANH_SATURATED, a.compare(GT, TANH_SATURATED));
            FloatVector twice = a.add(a);
            FloatVector shifted = twice.fma(LOG2_E, ROUND);
            FloatVector n = shifted.sub(ROUND);
            FloatVector r = n.fma(
                    FloatVector.broadcast(FLOATS, -LN2_LOW), n.fma(FloatVector.broadcast(FLOATS, -LN2_HIGH), twice));
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
            FloatVector tanh = expm1.div(expm1.add(2f));
            IntVector sign = v.reinterpretAsInts().and(SIGN_BIT);
            tanh.reinterpretAsInts().or(sign).reinterpretAsFloats().intoArray(y, yAt + i);
        }
    }

    /** In three passes over what stays in the first-level cache. */
    static void sigmoid(float[] x, int xAt, float[] y, int yAt, int n) {
        int end = FLOATS.loopBound(n);
        for (int i = 0; i < end; i += BLOCK) {
            int length = Math.min(BLOCK, end - i);
            negate(x, xAt + i, y, yAt + i, length);
            wholeExp(y, yAt + i, y, yAt + i, length);
            onePlusInverted(y, yAt + i, length);
        }
        PlainFunctions.sigmoid(x, xAt + end, y, yAt + end, n - end);
    }

    private static void negate(float[] x, int xAt, float[] y, int yAt, int end) {
        for (int i = 0; i < end; i += LENGTH) {
            FloatVector.fromArray(FLOATS, x, xAt + i).neg().intoArray(y, yAt + i);
        }
    }

    /** y = 1 / (1 + y). */
    private static void onePlusInverted(float[] y, int yAt, int end) {
        FloatVector one = FloatVector.broadcast(FLOATS, 1f);
        for (int i = 0; i < end; i += LENGTH) {
            one.div(FloatVector.fromArray(FLOATS, y, yAt + i).add(1f)).intoArray(y, yAt + i);
        }
    }

    static void softplus(float[] x, int xAt, float[] y, int yAt, int n) {
        int end = FLOATS.loopBound(n);
        if (end > 0) {
            wholeSoftplus(x, xAt, y, yAt, end);
        }
        PlainFunctions.softplus(x, xAt + end, y, yAt + end, n - end);
    }

    private static void wholeSoftplus(float[] x, int xAt, float[] y, int yAt, int end) {
        for (int i = 0; i < end; i += LENGTH) {
            softplus(FloatVector.fromArray(FLOATS, x, xAt + i)).intoArray(y, yAt + i);
        }
    }
}
