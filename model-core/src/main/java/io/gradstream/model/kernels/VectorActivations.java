package io.gradstream.model.kernels;

import static io.gradstream.model.kernels.Coefficients.DENSITY_AT_0;
import static io.gradstream.model.kernels.Coefficients.GELU_TANH_BOUND;
import static io.gradstream.model.kernels.Coefficients.GELU_TANH_CUBIC;
import static io.gradstream.model.kernels.Coefficients.GELU_TANH_LINEAR;
import static io.gradstream.model.kernels.Lanes.FLOATS;
import static io.gradstream.model.kernels.Lanes.LENGTH;
import static io.gradstream.model.kernels.VectorFunctions.BLOCK;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;

/** Activations, forward and backward, with vectors. */
final class VectorActivations {
    private VectorActivations() {}

    static void relu(float[] x, int xAt, float[] y, int yAt, int n) {
        int end = FLOATS.loopBound(n);
        for (int i = 0; i < end; i += LENGTH) {
            FloatVector v = FloatVector.fromArray(FLOATS, x, xAt + i);
            v.blend(0f, v.compare(LT, 0f)).intoArray(y, yAt + i);
        }
        PlainActivations.relu(x, xAt + end, y, yAt + end, n - end);
    }

    static void reluBackward(float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt, int n) {
        int end = FLOATS.loopBound(n);
        for (int i = 0; i < end; i += LENGTH) {
            FloatVector d = FloatVector.fromArray(FLOATS, dy, dyAt + i);
            FloatVector.broadcast(FLOATS, 0f)
                    .blend(d, FloatVector.fromArray(FLOATS, y, yAt + i).compare(GT, 0f))
                    .intoArray(dx, dxAt + i);
        }
        PlainActivations.reluBackward(y, yAt + end, dy, dyAt + end, dx, dxAt + end, n - end);
    }

    static void leakyRelu(float slope, float[] x, int xAt, float[] y, int yAt, int n) {
        int end = FLOATS.loopBound(n);
        for (int i = 0; i < end; i += LENGTH) {
            FloatVector v = FloatVector.fromArray(FLOATS, x, xAt + i);
            v.blend(v.mul(slope), v.compare(LT, 0f)).intoArray(y, yAt + i);
        }
        PlainActivations.leakyRelu(slope, x, xAt + end, y, yAt + end, n - end);
    }

    static void leakyReluBackward(float slope, float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt, int n) {
        int end = FLOATS.loopBound(n);
        for (int i = 0; i < end; i += LENGTH) {
            FloatVector d = FloatVector.fromArray(FLOATS, dy, dyAt + i);
            d.mul(slope)
                    .blend(d, FloatVector.fromArray(FLOATS, y, yAt + i).compare(GT, 0f))
                    .intoArray(dx, dxAt + i);
        }
        PlainActivations.leakyReluBackward(slope, y, yAt + end, dy, dyAt + end, dx, dxAt + end, n - end);
    }

    static void sigmoidBackward(float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt, int n) {
        int end = FLOATS.loopBound(n);
        for (int i = 0; i < end; i += LENGTH) {
            FloatVector s = FloatVector.fromArray(FLOATS, y, yAt + i);
            FloatVector.fromArray(FLOATS, dy, dyAt + i)
                    .mul(s.mul(FloatVector.broadcast(FLOATS, 1f).sub(s)))
                    .intoArray(dx, dxAt + i);
        }
        PlainActivations.sigmoidBackward(y, yAt + end, dy, dyAt + end, dx, dxAt + end, n - end);
    }

    static void tanhBackward(float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt, int n) {
        int end = FLOATS.loopBound(n);
        for (int i = 0; i < end; i += LENGTH) {
            FloatVector t = FloatVector.fromArray(FLOATS, y, yAt + i);
            FloatVector.fromArray(FLOATS, dy, dyAt + i)
                    .mul(t.neg().fma(t, FloatVector.broadcast(FLOATS, 1f)))
                    .intoArray(dx, dxAt + i);
        }
        PlainActivations.tanhBackward(y, yAt + end, dy, dyAt + end, dx, dxAt + end, n - end);
    }

    static void silu(float[] x, int xAt, float[] y, int yAt, int n) {
        int end = FLOATS.loopBound(n);
        float[] s = VectorFunctions.blocks();
        for (int i = 0; i < end; i += BLOCK) {
            int length = Math.min(BLOCK, end - i);
            VectorFunctions.blockOfSigmoid(x, xAt + i, s, 0, length);
            product(x, xAt + i, s, 0, y, yAt + i, length);
        }
        PlainActivations.silu(x, xAt + end, y, yAt + end, n - end);
    }

    /** y = x s */
    private static void product(float[] x, int xAt, float[] s, int sAt, float[] y, int yAt, int end) {
        for (int i = 0; i < end; i += LENGTH) {
            FloatVector.fromArray(FLOATS, x, xAt + i)
                    .mul(FloatVector.fromArray(FLOATS, s, sAt + i))
                    .intoArray(y, yAt + i);
        }
    }

    static void siluBackward(float[] x, int xAt, float[] dy, int dyAt, float[] dx, int dxAt, int n) {
        int end = FLOATS.loopBound(n);
        float[] s = VectorFunctions.blocks();
        for (int i = 0; i < end; i += BLOCK) {
            int length = Math.min(BLOCK, end - i);
            VectorFunctions.blockOfSigmoid(x, xAt + i, s, 0, length);
            siluSlopes(x, xAt + i, s, dy, dyAt + i, dx, dxAt + i, length);
        }
        PlainActivations.siluBackward(x, xAt + end, dy, dyAt + end, dx, dxAt + end, n - end);
    }

    private static void siluSlopes(
            float[] x, int xAt, float[] sigmoid, float[] dy, int dyAt, float[] dx, int dxAt, int end) {
        FloatVector one = FloatVector.broadcast(FLOATS, 1f);
        for (int i = 0; i < end; i += LENGTH) {
            FloatVector s = FloatVector.fromArray(FLOATS, sigmoid, i);
            FloatVector slope = s.mul(FloatVector.fromArray(FLOATS, x, xAt + i).fma(one.sub(s), one));
            FloatVector.fromArray(FLOATS, dy, dyAt + i).mul(slope).intoArray(dx, dxAt + i);
        }
    }

    static void gelu(float[] x, int xAt, float[] y, int yAt, int n) {
        int end = FLOATS.loopBound(n);
        float[] room = VectorFunctions.blocks();
        for (int i = 0; i < end; i += BLOCK) {
            int length = Math.min(BLOCK, end - i);
            VectorFunctions.blockOfNormal(x, xAt + i, room, 0, room, BLOCK, length);
            product(x, xAt + i, room, BLOCK, y, yAt + i, length);
        }
        PlainActivations.gelu(x, xAt + end, y, yAt + end, n - end);
    }

    static void geluBackward(float[] x, int xAt, float[] dy, int dyAt, float[] dx, int dxAt, int n) {
        int end = FLOATS.loopBound(n);
        float[] room = VectorFunctions.blocks();
        for (int i = 0; i < end; i += BLOCK) {
            int length = Math.min(BLOCK, end - i);
            VectorFunctions.blockOfNormal(x, xAt + i, room, 0, room, BLOCK, length);
            geluSlopes(x, xAt + i, room, dy, dyAt + i, dx, dxAt + i, length);
        }
        PlainActivations.geluBackward(x, xAt + end, dy, dyAt + end, dx, dxAt + end, n - end);
    }

    /** The room holds a block of bells, then one of the distribution. */
    private static void geluSlopes(
            float[] x, int xAt, float[] room, float[] dy, int dyAt, float[] dx, int dxAt, int end) {
        FloatVector density = FloatVector.broadcast(FLOATS, DENSITY_AT_0);
        for (int i = 0; i < end; i += LENGTH) {
            FloatVector slope = FloatVector.fromArray(FLOATS, x, xAt + i)
                    .mul(FloatVector.fromArray(FLOATS, room, i))
                    .fma(density, FloatVector.fromArray(FLOATS, room, BLOCK + i));
            FloatVector.fromArray(FLOATS, dy, dyAt + i).mul(slope).intoArray(dx, dxAt + i);
        }
    }

    static void geluTanh(float[] x, int xAt, float[] y, int yAt, int n) {
        int end = FLOATS.loopBound(n);
        float[] s = VectorFunctions.blocks();
        for (int i = 0; i < end; i += BLOCK) {
            int length = Math.min(BLOCK, end - i);
            geluTanhArguments(x, xAt + i, s, length);
            VectorFunctions.blockOfSigmoid(s, 0, s, 0, length);
            product(x, xAt + i, s, 0, y, yAt + i, length);
        }
        PlainActivations.geluTanh(x, xAt + end, y, yAt + end, n - end);
    }

    static void geluTanhBackward(float[] x, int xAt, float[] dy, int dyAt, float[] dx, int dxAt, int n) {
        int end = FLOATS.loopBound(n);
        float[] s = VectorFunctions.blocks();
        for (int i = 0; i < end; i += BLOCK) {
            int length = Math.min(BLOCK, end - i);
            geluTanhArguments(x, xAt + i, s, length);
            VectorFunctions.blockOfSigmoid(s, 0, s, 0, length);
            geluTanhSlopes(x, xAt + i, s, dy, dyAt + i, dx, dxAt + i, length);
        }
        PlainActivations.geluTanhBackward(x, xAt + end, dy, dyAt + end, dx, dxAt + end, n - end);
    }

    /** What the sigmoid is taken of. */
    private static void geluTanhArguments(float[] x, int xAt, float[] u, int end) {
        for (int i = 0; i < end; i += LENGTH) {
            FloatVector b = bounded(FloatVector.fromArray(FLOATS, x, xAt + i));
            b.mul(b.mul(b).fma(GELU_TANH_CUBIC, GELU_TANH_LINEAR)).intoArray(u, i);
        }
    }

    private static void geluTanhSlopes(
            float[] x, int xAt, float[] sigmoid, float[] dy, int dyAt, float[] dx, int dxAt, int end) {
        FloatVector one = FloatVector.broadcast(FLOATS, 1f);
        for (int i = 0; i < end; i += LENGTH) {
            FloatVector b = bounded(FloatVector.fromArray(FLOATS, x, xAt + i));
            FloatVector s = FloatVector.fromArray(FLOATS, sigmoid, i);
            FloatVector slope = b.mul(b).fma(3f * GELU_TANH_CUBIC, GELU_TANH_LINEAR);
            FloatVector whole = s.mul(b.mul(one.sub(s)).fma(slope, one));
            FloatVector.fromArray(FLOATS, dy, dyAt + i).mul(whole).intoArray(dx, dxAt + i);
        }
    }

    private static FloatVector bounded(FloatVector x) {
        FloatVector v = x.blend(-GELU_TANH_BOUND, x.compare(LT, -GELU_TANH_BOUND));
        return v.blend(GELU_TANH_BOUND, v.compare(GT, GELU_TANH_BOUND));
    }
}
