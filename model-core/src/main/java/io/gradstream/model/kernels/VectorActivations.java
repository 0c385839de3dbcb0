package io.gradstream.model.kernels;

import static io.gradstream.model.kernels.Coefficients.DENSITY_AT_0;
import static io.gradstream.model.kernels.Coefficients.GELU_TANH_BOUND;
import static io.gradstream.model.kernels.Coefficients.GELU_TANH_CUBIC;
import static io.gradstream.model.kernels.Coefficients.GELU_TANH_LINEAR;
import static io.gradstream.model.kernels.Lanes.FLOATS;
import static io.gradstream.model.kernels.Lanes.LENGTH;
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
        for (int i = 0; i < end; i += LENGTH) {
            FloatVector v = FloatVector.fromArray(FLOATS, x, xAt + i);
            v.mul(VectorFunctions.sigmoid(v)).intoArray(y, yAt + i);
        }
        PlainActivations.silu(x, xAt + end, y, yAt + end, n - end);
    }

    static void siluBackward(float[] x, int xAt, float[] dy, int dyAt, float[] dx, int dxAt, int n) {
        int end = FLOATS.loopBound(n);
        for (int i = 0; i < end; i += LENGTH) {
            FloatVector v = FloatVector.fromArray(FLOATS, x, xAt + i);
            FloatVector s = VectorFunctions.sigmoid(v);
            FloatVector slope =
                    s.mul(v.fma(FloatVector.broadcast(FLOATS, 1f).sub(s), FloatVector.broadcast(FLOATS, 1f)));
            FloatVector.fromArray(FLOATS, dy, dyAt + i).mul(slope).intoArray(dx, dxAt + i);
        }
        PlainActivations.siluBackward(x, xAt + end, dy, dyAt + end, dx, dxAt + end, n - end);
    }

    static void gelu(float[] x, int xAt, float[] y, int yAt, int n) {
        int end = FLOATS.loopBound(n);
        for (int i = 0; i < end; i += LENGTH) {
            FloatVector v = FloatVector.fromArray(FLOATS, x, xAt + i);
            v.mul(VectorFunctions.normal(v, VectorFunctions.bell(v))).intoArray(y, yAt + i);
        }
        PlainActivations.gelu(x, xAt + end, y, yAt + end, n - end);
    }

    static void geluBackward(float[] x, int xAt, float[] dy, int dyAt, float[] dx, int dxAt, int n) {
        int end = FLOATS.loopBound(n);
        for (int i = 0; i < end; i += LENGTH) {
            FloatVector v = FloatVector.fromArray(FLOATS, x, xAt + i);
            FloatVector bell = VectorFunctions.bell(v);
            FloatVector slope =
                    v.mul(bell).fma(FloatVector.broadcast(FLOATS, DENSITY_AT_0), VectorFunctions.normal(v, bell));
            FloatVector.fromArray(FLOATS, dy, dyAt + i).mul(slope).intoArray(dx, dxAt + i);
        }
        PlainActivations.geluBackward(x, xAt + end, dy, dyAt + end, dx, dxAt + end, n - end);
    }

    static void geluTanh(float[] x, int xAt, float[] y, int yAt, int n) {
        int end = FLOATS.loopBound(n);
        for (int i = 0; i < end; i += LENGTH) {
            FloatVector v = FloatVector.fromArray(FLOATS, x, xAt + i);
            FloatVector b = bounded(v);
            FloatVector u = b.mul(b.mul(b).fma(GELU_TANH_CUBIC, GELU_TANH_LINEAR));
            v.mul(VectorFunctions.sigmoid(u)).intoArray(y, yAt + i);
        }
        PlainActivations.geluTanh(x, xAt + end, y, yAt + end, n - end);
    }

    static void geluTanhBackward(float[] x, int xAt, float[] dy, int dyAt, float[] dx, int dxAt, int n) {
        int end = FLOATS.loopBound(n);
        for (int i = 0; i < end; i += LENGTH) {
            FloatVector b = bounded(FloatVector.fromArray(FLOATS, x, xAt + i));
            FloatVector square = b.mul(b);
            FloatVector s = VectorFunctions.sigmoid(b.mul(square.fma(GELU_TANH_CUBIC, GELU_TANH_LINEAR)));
            FloatVector slope = square.fma(3f * GELU_TANH_CUBIC, GELU_TANH_LINEAR);
            FloatVector whole = s.mul(
                    b.mul(FloatVector.broadcast(FLOATS, 1f).sub(s)).fma(slope, FloatVector.broadcast(FLOATS, 1f)));
            FloatVector.fromArray(FLOATS, dy, dyAt + i).mul(whole).intoArray(dx, dxAt + i);
        }
        PlainActivations.geluTanhBackward(x, xAt + end, dy, dyAt + end, dx, dxAt + end, n - end);
    }

    private static FloatVector bounded(FloatVector x) {
        FloatVector v = x.blend(-GELU_TANH_BOUND, x.compare(LT, -GELU_TANH_BOUND));
        return v.blend(GELU_TANH_BOUND, v.compare(GT, GELU_TANH_BOUND));
    }
}
