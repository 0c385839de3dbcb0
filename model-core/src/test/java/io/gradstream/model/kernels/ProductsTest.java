package io.gradstream.model.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.gradstream.model.random.Philox;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The three matrix products against plain Java, to the bit, and against double precision, on shapes that fit no tile. */
class ProductsTest {
    private static final float UNIT_ROUNDOFF = 0x1p-24f;
    private static final int OFFSET = 3;
    private static final int GAP = 2;

    /** One of the three products; which operands are stored transposed. */
    enum Form {
        NEITHER,
        TRANSPOSED_A,
        TRANSPOSED_B,
        FACTOR,
        TRANSPOSED_FACTOR;

        void call(Operands o, float[] c) {
            switch (this) {
                case NEITHER ->
                    Kernels.multiply(o.m, o.n, o.k, o.a, OFFSET, o.lda, o.b, OFFSET, o.ldb, c, OFFSET, o.ldc);
                case TRANSPOSED_A ->
                    Kernels.multiplyTransposedA(
                            o.m, o.n, o.k, o.a, OFFSET, o.lda, o.b, OFFSET, o.ldb, c, OFFSET, o.ldc);
                case TRANSPOSED_B ->
                    Kernels.multiplyTransposedB(
                            o.m, o.n, o.k, o.a, OFFSET, o.lda, o.b, OFFSET, o.ldb, c, OFFSET, o.ldc);
                case FACTOR, TRANSPOSED_FACTOR -> callFactor(o, c);
            }
        }

        /** Two products with one factor, of the first rows and of the others. */
        private void callFactor(Operands o, float[] c) {
            RightFactor factor = new RightFactor(o.n, o.k, new float[(int) RightFactor.length(o.n, o.k)]);
            if (this == FACTOR) {
                factor.set(o.m, o.b, OFFSET, o.ldb);
            } else {
                factor.setTransposed(o.m, o.b, OFFSET, o.ldb);
            }
            int some = o.m / 3;
            factor.multiply(some, o.a, OFFSET, o.lda, c, OFFSET, o.ldc);
            factor.multiply(o.m - some, o.a, OFFSET + some * o.lda, o.lda, c, OFFSET + some * o.ldc, o.ldc);
        }

        void callPlain(Operands o, float[] c) {
            switch (this) {
                case NEITHER, FACTOR ->
                    PlainProducts.multiply(o.m, o.n, o.k, o.a, OFFSET, o.lda, o.b, OFFSET, o.ldb, c, OFFSET, o.ldc);
                case TRANSPOSED_A ->
                    PlainProducts.multiplyTransposedA(
                            o.m, o.n, o.k, o.a, OFFSET, o.lda, o.b, OFFSET, o.ldb, c, OFFSET, o.ldc);
                case TRANSPOSED_B, TRANSPOSED_FACTOR ->
                    PlainProducts.multiplyTransposedB(
                            o.m, o.n, o.k, o.a, OFFSET, o.lda, o.b, OFFSET, o.ldb, c, OFFSET, o.ldc);
            }
        }
    }

    /** Seeded operands of one product, with a gap after each row, or none. */
    private static final class Operands {
        final int m;
        final int n;
        final int k;
        final int lda;
        final int ldb;
        final int ldc;
        final float[] a;
        final float[] b;
        final float[] c;
        private final Form form;

        Operands(Form form, int m, int n, int k, int gap) {
            this.form = form;
            this.m = m;
            this.n = n;
            this.k = k;
            lda = (form == Form.TRANSPOSED_A ? m : k) + gap;
            ldb = (transposedB() ? k : n) + gap;
            ldc = n + gap;
            a = normal(1, (form == Form.TRANSPOSED_A ? k : m) * lda);
            b = normal(2, (transposedB() ? n : k) * ldb);
            c = normal(3, m * ldc);
        }

        private boolean transposedB() {
            return form == Form.TRANSPOSED_B || form == Form.TRANSPOSED_FACTOR;
        }

        private static float[] normal(long stream, int n) {
            float[] x = new float[OFFSET + n];
            new Philox(5, stream).fillNormal(0, 1, 0, x, 0, x.length);
            return x;
        }

        float a(int i, int p) {
            return a[OFFSET + (form == Form.TRANSPOSED_A ? p * lda + i : i * lda + p)];
        }

        float b(int p, int j) {
            return b[OFFSET + (transposedB() ? j * ldb + p : p * ldb + j)];
        }
    }

    /** All small shapes up to where tiles meet, and larger ones around the sizes at which something else begins. */
    static Stream<int[]> shapes() {
        int[] few = {0, 1, 2, 3, 5, 6, 7, 8, 13, 16, 17};
        Stream<int[]> small = IntStream.of(few)
                .boxed()
                .flatMap(m -> IntStream.of(few)
                        .boxed()
                        .flatMap(n -> IntStream.of(0, 1, 2, 3, 17).mapToObj(k -> new int[] {m, n, k})));
        Stream<int[]> large = Stream.of(new int[][] {
            {1, 27, 19},
            {1, 33, 40},
            {1, 40, 64},
            {1, 63, 65},
            {1, 129, 7},
            {1, 128, 40},
            {1, 200, 65},
            {1, 256, 33},
            {1, 300, 9},
            {2, 100, 31},
            {4, 24, 40},
            {8, 64, 64},
            {9, 31, 300},
            {12, 47, 5},
            {14, 96, 33},
            {6, 40, 33},
            {13, 70, 300},
            {128, 33, 20},
            {129, 48, 20},
            {15, 97, 64},
            {20, 65, 1},
            {25, 112, 257},
            {28, 40, 13},
            {29, 130, 20},
            {33, 63, 63},
            {64, 1, 40},
            {5, 1, 17},
            {16, 1, 31},
            {35, 1, 16},
            {44, 1, 32},
            {70, 1, 33},
            {23, 1, 48},
            {64, 1, 49},
            {23, 1, 64},
            {130, 1, 79},
            {131, 1, 100},
            {67, 1, 300},
            {64, 10, 33},
            {70, 15, 70},
            {121, 100, 10},
            {131, 200, 3},
            {20, 600, 257},
            {140, 530, 256},
            {3, 200, 520}
        });
        return Stream.concat(small, large);
    }

    @ParameterizedTest
    @EnumSource
    void sameBitsAsPlainJava(Form form) {
        shapes().forEach(shape -> {
            for (int gap : new int[] {0, GAP}) {
                Operands o = new Operands(form, shape[0], shape[1], shape[2], gap);
                float[] actual = o.c.clone();
                form.call(o, actual);
                float[] expected = o.c.clone();
                form.callPlain(o, expected);
                Bits.assertSame("%s %s×%s×%s, gap %s: c".formatted(form, o.m, o.n, o.k, gap), actual, expected);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void closeToDoublePrecision(Form form) {
        shapes().forEach(shape -> {
            Operands o = new Operands(form, shape[0], shape[1], shape[2], GAP);
            float[] actual = o.c.clone();
            form.call(o, actual);
            for (int i = 0; i < o.m; i++) {
                for (int j = 0; j < o.n; j++) {
                    assertClose(o, i, j, actual[OFFSET + i * o.ldc + j]);
                }
            }
        });
    }

    /** The error of k fmas in any order is at most (k + 1) unit roundoffs of the sum of the terms' sizes (Higham 2002, 3.1). */
    private static void assertClose(Operands o, int i, int j, float actual) {
        double sum = o.c[OFFSET + i * o.ldc + j];
        double size = Math.abs(sum);
        for (int p = 0; p < o.k; p++) {
            double term = (double) o.a(i, p) * o.b(p, j);
            sum += term;
            size += Math.abs(term);
        }
        if (!(Math.abs(actual - sum) <= (o.k + 1) * UNIT_ROUNDOFF * size)) {
            fail("%s×%s×%s at (%s, %s): %s instead of %s", o.m, o.n, o.k, i, j, actual, sum);
        }
    }

    static Stream<Arguments> batches() {
        return Stream.of(Form.NEITHER, Form.TRANSPOSED_B)
                .flatMap(form -> IntStream.of(1, 2, 5, 8, 17, 33, 100, 130).mapToObj(n -> Arguments.of(form, n)));
    }

    /** A batch of one must equal its row of a batch, or a model would answer differently under load. */
    @ParameterizedTest
    @MethodSource("batches")
    void aRowDoesNotDependOnTheRowsBesideIt(Form form, int n) {
        int k = 37;
        int m = 31;
        Operands o = new Operands(form, m, n, k, 0);
        float[] whole = o.c.clone();
        form.call(o, whole);
        for (int rows : new int[] {1, 2, 3, 4, 6, 8, 13}) {
            float[] parts = o.c.clone();
            for (int i = 0; i < m; i += rows) {
                int some = Math.min(rows, m - i);
                if (form == Form.NEITHER) {
                    Kernels.multiply(
                            some,
                            n,
                            k,
                            o.a,
                            OFFSET + i * o.lda,
                            o.lda,
                            o.b,
                            OFFSET,
                            o.ldb,
                            parts,
                            OFFSET + i * o.ldc,
                            o.ldc);
                } else {
                    Kernels.multiplyTransposedB(
                            some,
                            n,
                            k,
                            o.a,
                            OFFSET + i * o.lda,
                            o.lda,
                            o.b,
                            OFFSET,
                            o.ldb,
                            parts,
                            OFFSET + i * o.ldc,
                            o.ldc);
                }
            }
            Bits.assertSame("rows " + rows, parts, whole);
        }
    }

    @ParameterizedTest
    @EnumSource
    void infinitiesStayWhereTheyBelong(Form form) {
        Operands o = new Operands(form, 9, 21, 5, 0);
        o.c[OFFSET + 3 * o.ldc + 20] = Float.POSITIVE_INFINITY;
        float[] c = o.c.clone();
        form.call(o, c);
        for (int i = 0; i < c.length; i++) {
            assertThat(Float.isFinite(c[i])).isEqualTo(i != OFFSET + 3 * o.ldc + 20);
        }
    }
}
