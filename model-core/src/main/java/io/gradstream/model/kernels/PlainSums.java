package io.gradstream.model.kernels;

/**
 * Sums in plain Java, by 16 virtual lanes and one fixed tree.
 *
 * <p>Whole blocks of 16 elements go to lanes 0 to 15. The r elements of the last, partial block go to the last r lanes,
 * {@code 16 - r} to 15, so that a vector version can read them with loads that end at the last element. Then lane j
 * takes lane j + 8, lane j + 4, lane j + 2, lane j + 1. Sixteen is one vector of 512 bits, two of 256 or four of 128. A sum is never -0.
 */
final class PlainSums {
    private PlainSums() {}

    static float dot(float[] x, int xAt, float[] y, int yAt, int n) {
        float s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
        float s8 = 0, s9 = 0, s10 = 0, s11 = 0, s12 = 0, s13 = 0, s14 = 0, s15 = 0;
        int end = n & -16;
        for (int i = 0; i < end; i += 16) {
            s0 = Math.fma(x[xAt + i], y[yAt + i], s0);
            s1 = Math.fma(x[xAt + i + 1], y[yAt + i + 1], s1);
            s2 = Math.fma(x[xAt + i + 2], y[yAt + i + 2], s2);
            s3 = Math.fma(x[xAt + i + 3], y[yAt + i + 3], s3);
            s4 = Math.fma(x[xAt + i + 4], y[yAt + i + 4], s4);
            s5 = Math.fma(x[xAt + i + 5], y[yAt + i + 5], s5);
            s6 = Math.fma(x[xAt + i + 6], y[yAt + i + 6], s6);
            s7 = Math.fma(x[xAt + i + 7], y[yAt + i + 7], s7);
            s8 = Math.fma(x[xAt + i + 8], y[yAt + i + 8], s8);
            s9 = Math.fma(x[xAt + i + 9], y[yAt + i + 9], s9);
            s10 = Math.fma(x[xAt + i + 10], y[yAt + i + 10], s10);
            s11 = Math.fma(x[xAt + i + 11], y[yAt + i + 11], s11);
            s12 = Math.fma(x[xAt + i + 12], y[yAt + i + 12], s12);
            s13 = Math.fma(x[xAt + i + 13], y[yAt + i + 13], s13);
            s14 = Math.fma(x[xAt + i + 14], y[yAt + i + 14], s14);
            s15 = Math.fma(x[xAt + i + 15], y[yAt + i + 15], s15);
        }
        int rest = n - end;
        int xEnd = xAt + n;
        int yEnd = yAt + n;
        s1 = rest > 14 ? Math.fma(x[xEnd - 15], y[yEnd - 15], s1) : s1;
        s2 = rest > 13 ? Math.fma(x[xEnd - 14], y[yEnd - 14], s2) : s2;
        s3 = rest > 12 ? Math.fma(x[xEnd - 13], y[yEnd - 13], s3) : s3;
        s4 = rest > 11 ? Math.fma(x[xEnd - 12], y[yEnd - 12], s4) : s4;
        s5 = rest > 10 ? Math.fma(x[xEnd - 11], y[yEnd - 11], s5) : s5;
        s6 = rest > 9 ? Math.fma(x[xEnd - 10], y[yEnd - 10], s6) : s6;
        s7 = rest > 8 ? Math.fma(x[xEnd - 9], y[yEnd - 9], s7) : s7;
        s8 = rest > 7 ? Math.fma(x[xEnd - 8], y[yEnd - 8], s8) : s8;
        s9 = rest > 6 ? Math.fma(x[xEnd - 7], y[yEnd - 7], s9) : s9;
        s10 = rest > 5 ? Math.fma(x[xEnd - 6], y[yEnd - 6], s10) : s10;
        s11 = rest > 4 ? Math.fma(x[xEnd - 5], y[yEnd - 5], s11) : s11;
        s12 = rest > 3 ? Math.fma(x[xEnd - 4], y[yEnd - 4], s12) : s12;
        s13 = rest > 2 ? Math.fma(x[xEnd - 3], y[yEnd - 3], s13) : s13;
        s14 = rest > 1 ? Math.fma(x[xEnd - 2], y[yEnd - 2], s14) : s14;
        s15 = rest > 0 ? Math.fma(x[xEnd - 1], y[yEnd - 1], s15) : s15;
        float even = ((s0 + s8) + (s4 + s12)) + ((s2 + s10) + (s6 + s14));
        float odd = ((s1 + s9) + (s5 + s13)) + ((s3 + s11) + (s7 + s15));
        return even + odd + 0f;
    }

    /** The tree over 16 lanes. */
    static float tree(float[] lanes, int at) {
        float even = ((lanes[at] + lanes[at + 8]) + (lanes[at + 4] + lanes[at + 12]))
                + ((lanes[at + 2] + lanes[at + 10]) + (lanes[at + 6] + lanes[at + 14]));
        float odd = ((lanes[at + 1] + lanes[at + 9]) + (lanes[at + 5] + lanes[at + 13]))
                + ((lanes[at + 3] + lanes[at + 11]) + (lanes[at + 7] + lanes[at + 15]));
        return even + odd + 0f;
    }

    static float sumOfSquares(float[] x, int xAt, int n) {
        return dot(x, xAt, x, xAt, n);
    }

    static float sum(float[] x, int xAt, int n) {
        float s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
        float s8 = 0, s9 = 0, s10 = 0, s11 = 0, s12 = 0, s13 = 0, s14 = 0, s15 = 0;
        int end = n & -16;
        for (int i = xAt; i < xAt + end; i += 16) {
            s0 += x[i];
            s1 += x[i + 1];
            s2 += x[i + 2];
            s3 += x[i + 3];
            s4 += x[i + 4];
            s5 += x[i + 5];
            s6 += x[i + 6];
            s7 += x[i + 7];
            s8 += x[i + 8];
            s9 += x[i + 9];
            s10 += x[i + 10];
            s11 += x[i + 11];
            s12 += x[i + 12];
            s13 += x[i + 13];
            s14 += x[i + 14];
            s15 += x[i + 15];
        }
        int rest = n - end;
        int last = xAt + n;
        s1 = rest > 14 ? s1 + x[last - 15] : s1;
        s2 = rest > 13 ? s2 + x[last - 14] : s2;
        s3 = rest > 12 ? s3 + x[last - 13] : s3;
        s4 = rest > 11 ? s4 + x[last - 12] : s4;
        s5 = rest > 10 ? s5 + x[last - 11] : s5;
        s6 = rest > 9 ? s6 + x[last - 10] : s6;
        s7 = rest > 8 ? s7 + x[last - 9] : s7;
        s8 = rest > 7 ? s8 + x[last - 8] : s8;
        s9 = rest > 6 ? s9 + x[last - 7] : s9;
        s10 = rest > 5 ? s10 + x[last - 6] : s10;
        s11 = rest > 4 ? s11 + x[last - 5] : s11;
        s12 = rest > 3 ? s12 + x[last - 4] : s12;
        s13 = rest > 2 ? s13 + x[last - 3] : s13;
        s14 = rest > 1 ? s14 + x[last - 2] : s14;
        s15 = rest > 0 ? s15 + x[last - 1] : s15;
        float even = ((s0 + s8) + (s4 + s12)) + ((s2 + s10) + (s6 + s14));
        float odd = ((s1 + s9) + (s5 + s13)) + ((s3 + s11) + (s7 + s15));
        return even + odd + 0f;
    }
}
