package io.gradstream.model.kernels;

import static io.gradstream.model.kernels.Coefficients.*;
import static io.gradstream.model.kernels.Lanes.FLOATS;
import static io.gradstream.model.kernels.Lanes.INTS;
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
 * The transcendental functions over arrays: operation by operation those of {@link PlainFunctions}.
 *
 * <p>exp, log, tanh, log1p and the normal distribution are each a loop of its own; the rest is made of such passes, over blocks that stay in
 * the first-level cache. With two of them in one loop the JIT may stop inlining, and then makes an object of every vector. So it does where
 * a loop is seldom entered: passes over whole vectors are methods of their own, which are not called where there are none.
 */
final class VectorFunctions {
    /** Elements that stay in a first-level cache while several passes go over them. */
    static final int BLOCK = 2048;

    private VectorFunctions() {}

    /** Room for two blocks. */
    static float[] blocks() {
        return Scratch.floats(Scratch.PASSES, 2 * BLOCK);
    }

    static void exp(float[] x, int xAt, float[] y, int yAt, int n) {
        int end = FLOATS.loopBound(n);
        if (end > 0) {
            wholeExp(x, xAt, y, yAt, end);
        }
        PlainFunctions.exp(x, xAt + end, y, yAt + end, n - end);
    }

    /**
     * Constants stand before the loop, one by one, so that the method has more than the 325 bytes up to which the JIT inlines what is hot
     * (FreqInlineSize): inlined into a loop of its caller, it would load all of them anew for every vector, at twice the time.
     */
    static void wholeExp(float[] x, int xAt, float[] y, int yAt, int end) {
        FloatVector log2E = FloatVector.broadcast(FLOATS, LOG2_E);
        FloatVector round = FloatVector.broadcast(FLOATS, ROUND);
        FloatVector minusLn2Low = FloatVector.broadcast(FLOATS, -LN2_LOW);
        FloatVector minusLn2High = FloatVector.broadcast(FLOATS, -LN2_HIGH);
        FloatVector c4 = FloatVector.broadcast(FLOATS, EXP_4);
        FloatVector c3 = FloatVector.broadcast(FLOATS, EXP_3);
        FloatVector c2 = FloatVector.broadcast(FLOATS, EXP_2);
        FloatVector c1 = FloatVector.broadcast(FLOATS, EXP_1);
        FloatVector c0 = FloatVector.broadcast(FLOATS, EXP_0);
        FloatVector two = FloatVector.broadcast(FLOATS, 2f);
        FloatVector highest = FloatVector.broadcast(FLOATS, EXP_HIGHEST);
        FloatVector lowest = FloatVector.broadcast(FLOATS, EXP_LOWEST);
        FloatVector infinity = FloatVector.broadcast(FLOATS, Float.POSITIVE_INFINITY);
        FloatVector zero = FloatVector.broadcast(FLOATS, 0f);
        IntVector half = IntVector.broadcast(INTS, HALF_BITS);
        for (int i = 0; i < end; i += LENGTH) {
            FloatVector v = FloatVector.fromArray(FLOATS, x, xAt + i);
            FloatVector shifted = v.fma(log2E, round);
            FloatVector n = shifted.sub(round);
            FloatVector r = n.fma(minusLn2Low, n.fma(minusLn2High, v));
            FloatVector q = r.fma(c4, c3);
            q = q.fma(r, c2);
            q = q.fma(r, c1);
            q = q.fma(r, c0);
            q = q.fma(r, two);
            q = q.fma(r, two);
            IntVector scale =
                    shifted.reinterpretAsInts().lanewise(LSHL, EXPONENT_SHIFT).add(half);
            FloatVector exp = q.mul(scale.reinterpretAsFloats());
            exp = exp.blend(infinity, v.compare(GT, highest));
            exp.blend(zero, v.compare(LT, lowest)).intoArray(y, yAt + i);
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
            FloatVector v = FloatVector.fromArray(FLOATS, x, xAt + i);
            VectorMask<Float> small = v.compare(LT, Float.MIN_NORMAL);
            IntVector bits = v.blend(v.mul(TWO_TO_23), small).reinterpretAsInts();
            IntVector exponent = bits.sub(ROOT_HALF_BITS).lanewise(ASHR, EXPONENT_SHIFT);
            FloatVector f = bits.sub(exponent.lanewise(LSHL, EXPONENT_SHIFT))
                    .reinterpretAsFloats()
                    .sub(1f);
            FloatVector n = exponent.add(ROUND_BITS).reinterpretAsFloats().sub(ROUND);
            n = n.add(FloatVector.broadcast(FLOATS, 0f).blend(-23f, small));
            FloatVector log = n.fma(
                    FloatVector.broadcast(FLOATS, LN2_HIGH),
                    n.fma(FloatVector.broadcast(FLOATS, LN2_LOW), log1pReduced(f)));
            log = log.blend(Float.NEGATIVE_INFINITY, v.compare(EQ, 0f));
            log = v.blend(log, v.compare(LT, Float.POSITIVE_INFINITY));
            log.blend(Float.NaN, v.compare(LT, 0f)).intoArray(y, yAt + i);
        }
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

    static void tanh(float[] x, int xAt, float[] y, int yAt, int n) {
        int end = FLOATS.loopBound(n);
        if (end > 0) {
            wholeTanh(x, xAt, y, yAt, end);
        }
        PlainFunctions.tanh(x, xAt + end, y, yAt + end, n - end);
    }

    /** As large as {@link #wholeExp}, for the same reason. */
    private static void wholeTanh(float[] x, int xAt, float[] y, int yAt, int end) {
        FloatVector saturated = FloatVector.broadcast(FLOATS, TANH_SATURATED);
        FloatVector log2E = FloatVector.broadcast(FLOATS, LOG2_E);
        FloatVector round = FloatVector.broadcast(FLOATS, ROUND);
        FloatVector minusLn2Low = FloatVector.broadcast(FLOATS, -LN2_LOW);
        FloatVector minusLn2High = FloatVector.broadcast(FLOATS, -LN2_HIGH);
        FloatVector c4 = FloatVector.broadcast(FLOATS, EXPM1_4);
        FloatVector c3 = FloatVector.broadcast(FLOATS, EXPM1_3);
        FloatVector c2 = FloatVector.broadcast(FLOATS, EXPM1_2);
        FloatVector c1 = FloatVector.broadcast(FLOATS, EXPM1_1);
        FloatVector c0 = FloatVector.broadcast(FLOATS, EXPM1_0);
        FloatVector one = FloatVector.broadcast(FLOATS, 1f);
        FloatVector two = FloatVector.broadcast(FLOATS, 2f);
        IntVector oneBits = IntVector.broadcast(INTS, ONE_BITS);
        IntVector signBit = IntVector.broadcast(INTS, SIGN_BIT);
        for (int i = 0; i < end; i += LENGTH) {
            FloatVector v = FloatVector.fromArray(FLOATS, x, xAt + i);
            FloatVector a = v.abs();
            a = a.blend(saturated, a.compare(GT, saturated));
            FloatVector twice = a.add(a);
            FloatVector shifted = twice.fma(log2E, round);
            FloatVector n = shifted.sub(round);
            FloatVector r = n.fma(minusLn2Low, n.fma(minusLn2High, twice));
            FloatVector q = r.fma(c4, c3);
            q = q.fma(r, c2);
            q = q.fma(r, c1);
            q = q.fma(r, c0);
            q = r.mul(r).fma(q, r);
            FloatVector scale = shifted.reinterpretAsInts()
                    .lanewise(LSHL, EXPONENT_SHIFT)
                    .add(oneBits)
                    .reinterpretAsFloats();
            FloatVector expm1 = scale.fma(q, scale.sub(one));
            FloatVector tanh = expm1.div(expm1.add(two));
            IntVector sign = v.reinterpretAsInts().and(signBit);
            tanh.reinterpretAsInts().or(sign).reinterpretAsFloats().intoArray(y, yAt + i);
        }
    }

    static void sigmoid(float[] x, int xAt, float[] y, int yAt, int n) {
        int end = FLOATS.loopBound(n);
        for (int i = 0; i < end; i += BLOCK) {
            blockOfSigmoid(x, xAt + i, y, yAt + i, Math.min(BLOCK, end - i));
        }
        PlainFunctions.sigmoid(x, xAt + end, y, yAt + end, n - end);
    }

    /** Of whole vectors, at most a block of them. */
    static void blockOfSigmoid(float[] x, int xAt, float[] y, int yAt, int end) {
        negate(x, xAt, y, yAt, end);
        wholeExp(y, yAt, y, yAt, end);
        onePlusInverted(y, yAt, end);
    }

    private static void negate(float[] x, int xAt, float[] y, int yAt, int end) {
        for (int i = 0; i < end; i += LENGTH) {
            FloatVector.fromArray(FLOATS, x, xAt + i).neg().intoArray(y, yAt + i);
        }
    }

    /** y = 1 / (1 + y). */
    static void onePlusInverted(float[] y, int yAt, int end) {
        FloatVector one = FloatVector.broadcast(FLOATS, 1f);
        for (int i = 0; i < end; i += LENGTH) {
            one.div(FloatVector.fromArray(FLOATS, y, yAt + i).add(1f)).intoArray(y, yAt + i);
        }
    }

    static void softplus(float[] x, int xAt, float[] y, int yAt, int n) {
        int end = FLOATS.loopBound(n);
        float[] logs = blocks();
        for (int i = 0; i < end; i += BLOCK) {
            int length = Math.min(BLOCK, end - i);
            blockOfSoftplusBelow0(x, xAt + i, logs, 0, length);
            addPositive(logs, x, xAt + i, y, yAt + i, length);
        }
        PlainFunctions.softplus(x, xAt + end, y, yAt + end, n - end);
    }

    /** y = log(1 + e^-|x|) of whole vectors, at most a block of them. */
    static void blockOfSoftplusBelow0(float[] x, int xAt, float[] y, int yAt, int end) {
        minusAbsolute(x, xAt, y, yAt, end);
        wholeExp(y, yAt, y, yAt, end);
        wholeLog1p(y, yAt, end);
    }

    private static void minusAbsolute(float[] x, int xAt, float[] y, int yAt, int end) {
        for (int i = 0; i < end; i += LENGTH) {
            FloatVector.fromArray(FLOATS, x, xAt + i).abs().neg().intoArray(y, yAt + i);
        }
    }

    /**
     * y = log(1 + y) for y in [0, 1]. As large as {@link #wholeExp}, for the same reason; and with {@link #log1pReduced} written out, which some
     * starts do not inline here.
     */
    private static void wholeLog1p(float[] y, int yAt, int end) {
        FloatVector limit = FloatVector.broadcast(FLOATS, ROOT_TWO_LESS_ONE);
        FloatVector one = FloatVector.broadcast(FLOATS, 1f);
        FloatVector half = FloatVector.broadcast(FLOATS, 0.5f);
        FloatVector minusHalf = FloatVector.broadcast(FLOATS, -0.5f);
        FloatVector c7 = FloatVector.broadcast(FLOATS, LOG_7);
        FloatVector c6 = FloatVector.broadcast(FLOATS, LOG_6);
        FloatVector c5 = FloatVector.broadcast(FLOATS, LOG_5);
        FloatVector c4 = FloatVector.broadcast(FLOATS, LOG_4);
        FloatVector c3 = FloatVector.broadcast(FLOATS, LOG_3);
        FloatVector c2 = FloatVector.broadcast(FLOATS, LOG_2);
        FloatVector c1 = FloatVector.broadcast(FLOATS, LOG_1);
        FloatVector c0 = FloatVector.broadcast(FLOATS, LOG_0);
        FloatVector zero = FloatVector.broadcast(FLOATS, 0f);
        FloatVector ln2 = FloatVector.broadcast(FLOATS, LN2);
        for (int i = 0; i < end; i += LENGTH) {
            FloatVector u = FloatVector.fromArray(FLOATS, y, yAt + i);
            VectorMask<Float> large = u.compare(GT, limit);
            FloatVector f = u.blend(u.sub(one).mul(half), large);
            FloatVector q = f.fma(c7, c6);
            q = q.fma(f, c5);
            q = q.fma(f, c4);
            q = q.fma(f, c3);
            q = q.fma(f, c2);
            q = q.fma(f, c1);
            q = q.fma(f, c0);
            FloatVector square = f.mul(f);
            square.mul(f)
                    .fma(q, square.fma(minusHalf, f))
                    .add(zero.blend(ln2, large))
                    .intoArray(y, yAt + i);
        }
    }

    private static void addPositive(float[] logs, float[] x, int xAt, float[] y, int yAt, int end) {
        for (int i = 0; i < end; i += LENGTH) {
            FloatVector v = FloatVector.fromArray(FLOATS, x, xAt + i);
            FloatVector.fromArray(FLOATS, logs, i)
                    .add(v.blend(0f, v.compare(LT, 0f)))
                    .intoArray(y, yAt + i);
        }
    }

    /** bell = exp(-x²/2), normal = Φ(x), of whole vectors, at most a block of them. */
    static void blockOfNormal(float[] x, int xAt, float[] bell, int bellAt, float[] normal, int normalAt, int end) {
        minusHalfSquare(x, xAt, bell, bellAt, end);
        wholeExp(bell, bellAt, bell, bellAt, end);
        wholeNormal(x, xAt, bell, bellAt, normal, normalAt, end);
    }

    private static void minusHalfSquare(float[] x, int xAt, float[] y, int yAt, int end) {
        for (int i = 0; i < end; i += LENGTH) {
            FloatVector v = FloatVector.fromArray(FLOATS, x, xAt + i);
            v.mul(-0.5f).mul(v).intoArray(y, yAt + i);
        }
    }

    private static void wholeNormal(
            float[] x, int xAt, float[] bell, int bellAt, float[] normal, int normalAt, int end) {
        FloatVector one = FloatVector.broadcast(FLOATS, 1f);
        for (int i = 0; i < end; i += LENGTH) {
            FloatVector v = FloatVector.fromArray(FLOATS, x, xAt + i);
            FloatVector t = one.div(v.abs().fma(TAIL_RATE, 1f));
            FloatVector q = t.fma(TAIL_7, TAIL_6);
            q = q.fma(t, FloatVector.broadcast(FLOATS, TAIL_5));
            q = q.fma(t, FloatVector.broadcast(FLOATS, TAIL_4));
            q = q.fma(t, FloatVector.broadcast(FLOATS, TAIL_3));
            q = q.fma(t, FloatVector.broadcast(FLOATS, TAIL_2));
            q = q.fma(t, FloatVector.broadcast(FLOATS, TAIL_1));
            q = q.fma(t, FloatVector.broadcast(FLOATS, TAIL_0));
            FloatVector tail = q.mul(t).mul(FloatVector.fromArray(FLOATS, bell, bellAt + i));
            tail.blend(one.sub(tail), v.compare(GT, 0f)).intoArray(normal, normalAt + i);
        }
    }
}
