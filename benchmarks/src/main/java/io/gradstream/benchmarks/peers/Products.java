package io.gradstream.benchmarks.peers;

import io.gradstream.model.kernels.Kernels;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bytedeco.openblas.global.openblas;

/** Matrix products beside OpenBLAS. */
final class Products {
    private static final int ROW_MAJOR = openblas.CblasRowMajor;
    private static final int PLAIN = openblas.CblasNoTrans;
    private static final int TRANSPOSED = openblas.CblasTrans;

    private final Random random;
    private final List<Duel> duels = new ArrayList<>();

    private Products(long seed) {
        random = new Random(seed);
    }

    /** The shapes of mini-batches: AB, A·Bᵀ and Aᵀ·B with m rows of a batch. */
    static List<Duel> batches(long seed) {
        Products products = new Products(seed);
        for (int m : new int[] {32, 64, 256}) {
            for (int n : new int[] {64, 128, 256, 512}) {
                products.all(m, n, n);
            }
        }
        products.all(64, 128, 512);
        products.all(64, 512, 128);
        return products.duels;
    }

    /** Sizes that are no multiple of anything. */
    static List<Duel> odd(long seed) {
        Products products = new Products(seed);
        for (int n : new int[] {63, 100, 300, 513}) {
            products.all(n, n, n);
            products.all(63, n, n);
        }
        return products.duels;
    }

    /** Large squares. */
    static List<Duel> large(long seed) {
        Products products = new Products(seed);
        for (int n : new int[] {1024, 2048}) {
            products.product("AB", n, n, n);
        }
        return products.duels;
    }

    /** One row, and a few. */
    static List<Duel> few(long seed) {
        Products products = new Products(seed);
        for (int m : new int[] {1, 8}) {
            for (int n : new int[] {64, 128, 256, 512, 1024}) {
                products.product("AB", m, n, n);
            }
        }
        return products.duels;
    }

    private void all(int m, int n, int k) {
        product("AB", m, n, k);
        product("ABt", m, n, k);
        // A weight's gradient: its terms are the rows of the batch.
        product("AtB", n, k, m);
    }

    private void product(String kind, int m, int n, int k) {
        float[] a = random(m * k);
        float[] b = random(k * n);
        float[] c = new float[m * n];
        float[] peerC = new float[m * n];
        String name = kind + " " + m + "x" + n + "x" + k;
        boolean left = kind.equals("AtB");
        boolean right = kind.equals("ABt");
        int lda = left ? m : k;
        int ldb = right ? k : n;
        Runnable ours = switch (kind) {
            case "AB" -> () -> Kernels.multiply(m, n, k, a, 0, lda, b, 0, ldb, c, 0, n);
            case "ABt" -> () -> Kernels.multiplyTransposedB(m, n, k, a, 0, lda, b, 0, ldb, c, 0, n);
            default -> () -> Kernels.multiplyTransposedA(m, n, k, a, 0, lda, b, 0, ldb, c, 0, n);
        };
        Native pa = new Native(a);
        Native pb = new Native(b);
        Native pc = new Native(peerC);
        Runnable peer = () -> openblas.cblas_sgemm(
                ROW_MAJOR,
                left ? TRANSPOSED : PLAIN,
                right ? TRANSPOSED : PLAIN,
                m,
                n,
                k,
                1f,
                pa.pointer(),
                lda,
                pb.pointer(),
                ldb,
                1f,
                pc.pointer(),
                n);
        check(name, ours, peer, c, pc);
        duels.add(new Duel(name, 2.0 * m * n * k, ours, peer));
    }

    /** Both must compute the same, or comparing their speed means nothing. */
    private static void check(String name, Runnable ours, Runnable peer, float[] c, Native peerC) {
        ours.run();
        peer.run();
        float[] other = peerC.read();
        for (int i = 0; i < c.length; i++) {
            if (Math.abs(c[i] - other[i]) > 1e-2) {
                throw new IllegalStateException(
                        name + ": element " + i + " is " + c[i] + " here and " + other[i] + " there");
            }
        }
    }

    private float[] random(int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            // Small, so that C, which every call adds to, stays finite.
            values[i] = random.nextFloat() * 0.01f;
        }
        return values;
    }
}
