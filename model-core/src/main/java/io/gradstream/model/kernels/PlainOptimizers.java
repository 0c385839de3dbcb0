package io.gradstream.model.kernels;

/** One step of an optimizer over [at, at + n) of parallel arrays in plain Java. */
final class PlainOptimizers {
    private PlainOptimizers() {}

    static void sgd(float rate, float decay, float[] w, int wAt, float[] g, int gAt, int n) {
        for (int i = 0; i < n; i++) {
            float d = Math.fma(decay, w[wAt + i], g[gAt + i]);
            w[wAt + i] = Math.fma(-rate, d, w[wAt + i]);
        }
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
        for (int i = 0; i < n; i++) {
            float d = Math.fma(decay, w[wAt + i], g[gAt + i]);
            float velocity = Math.fma(momentum, v[vAt + i], d);
            v[vAt + i] = velocity;
            w[wAt + i] = Math.fma(-rate, velocity, w[wAt + i]);
        }
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
        for (int i = 0; i < n; i++) {
            float d = Math.fma(decay, w[wAt + i], g[gAt + i]);
            float velocity = Math.fma(momentum, v[vAt + i], d);
            v[vAt + i] = velocity;
            w[wAt + i] = Math.fma(-rate, Math.fma(momentum, velocity, d), w[wAt + i]);
        }
    }

    static void adagrad(
            float rate, float epsilon, float decay, float[] w, int wAt, float[] g, int gAt, float[] s, int sAt, int n) {
        for (int i = 0; i < n; i++) {
            float d = Math.fma(decay, w[wAt + i], g[gAt + i]);
            float squares = Math.fma(d, d, s[sAt + i]);
            s[sAt + i] = squares;
            w[wAt + i] = Math.fma(-rate, d / (root(squares) + epsilon), w[wAt + i]);
        }
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
        for (int i = 0; i < n; i++) {
            float d = Math.fma(decay, w[wAt + i], g[gAt + i]);
            float squares = Math.fma(fresh * d, d, memory * s[sAt + i]);
            s[sAt + i] = squares;
            w[wAt + i] = Math.fma(-rate, d / (root(squares) + epsilon), w[wAt + i]);
        }
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
        for (int i = 0; i < n; i++) {
            float d = Math.fma(decay, w[wAt + i], g[gAt + i]);
            float mean = Math.fma(fresh1, d, memory1 * m[mAt + i]);
            float squares = Math.fma(fresh2 * d, d, memory2 * v[vAt + i]);
            m[mAt + i] = mean;
            v[vAt + i] = squares;
            float step = mean / Math.fma(root(squares), rootScale, epsilon);
            w[wAt + i] = Math.fma(-rate, step, w[wAt + i] * keep);
        }
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
        float inverse = 1f / alpha;
        for (int i = 0; i < n; i++) {
            float d = g[gAt + i];
            float before = s[sAt + i];
            float after = Math.fma(d, d, before);
            float rootAfter = root(after);
            // √after - √before without cancellation; the smallest normal float keeps 0 / 0 out.
            float difference = (after - before) / (rootAfter + root(before) + Float.MIN_NORMAL);
            float linear = Math.fma(-difference * inverse, w[wAt + i], z[zAt + i] + d);
            s[sAt + i] = after;
            z[zAt + i] = linear;
            float excess = Math.abs(linear) - l1;
            float size = excess / Math.fma(beta + rootAfter, inverse, l2);
            float sized = linear > 0f ? -size : size;
            w[wAt + i] = excess <= 0f ? 0f : sized;
        }
    }

    static void softThreshold(float threshold, float[] w, int wAt, int n) {
        for (int i = 0; i < n; i++) {
            float v = w[wAt + i];
            float less = Math.abs(v) - threshold;
            float sized = v > 0f ? less : -less;
            w[wAt + i] = less <= 0f ? 0f : sized;
        }
    }

    private static float root(float x) {
        return (float) Math.sqrt(x);
    }
}
