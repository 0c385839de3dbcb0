package io.gradstream.model.random;

/**
 * The counter-based generator Philox4x32-10: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2,
 * 3", SC 2011.
 *
 * <p>Every draw is a pure function of (seed, stream, counter); an object only remembers the last block computed, so it is
 * cheap, allocates nothing after its construction, and belongs to one thread. A fill that starts at {@code counter} gives
 * element i the draw of {@code counter + i}: a caller that advances its counter by n never sees a number twice. Draws of
 * different kinds (uniform, normal, mask) share their bits, so each purpose has its own stream.
 */
public final class Philox {
    /*
     * One block of the cipher is four 32-bit words: block b of a stream encrypts (b, stream), as two little-endian longs,
     * under the key seed. Ten rounds pass the Crush tests with three to spare. A draw of 32 bits is word counter mod 4 of
     * block counter / 4.
     */
    private static final int MULTIPLIER_0 = 0xD2511F53;
    private static final int MULTIPLIER_1 = 0xCD9E8D57;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;
    private static final int ROUNDS = 10;
    private static final long UNSIGNED = 0xFFFFFFFFL;

    private final long seed;
    private final long stream;
    private long current;
    private int word0;
    private int word1;
    private int word2;
    private int word3;

    /** The numbers of one stream under one seed. */
    public Philox(long seed, long stream) {
        this.seed = seed;
        this.stream = stream;
        encrypt(0);
    }

    /** 32 random bits. */
    public int bits(long counter) {
        long block = counter >>> 2;
        if (block != current) {
            encrypt(block);
        }
        return switch ((int) counter & 3) {
            case 0 -> word0;
            case 1 -> word1;
            case 2 -> word2;
            default -> word3;
        };
    }

    /** Uniform in [0, 1): a multiple of 2^-24. */
    public float uniform(long counter) {
        return (bits(counter) >>> 8) * 0x1p-24f;
    }

    /** Standard normal, by Box and Muller from the words of the counter and its even or odd neighbour. */
    public float normal(long counter) {
        long even = counter & -2;
        double radius = StrictMath.sqrt(-2 * StrictMath.log(((bits(even) & UNSIGNED) + 1) * 0x1p-32));
        double angle = 2 * StrictMath.PI * ((bits(even + 1) & UNSIGNED) * 0x1p-32);
        return (float) (radius * (even == counter ? StrictMath.cos(angle) : StrictMath.sin(angle)));
    }

    /** x = uniform in [low, high]. */
    public void fillUniform(float low, float high, long counter, float[] x, int xAt, int n) {
        for (int i = 0; i < n; i++) {
            x[xAt + i] = Math.fma(high - low, uniform(counter + i), low);
        }
    }

    /** x = normal of this mean and deviation. */
    public void fillNormal(float mean, float deviation, long counter, float[] x, int xAt, int n) {
        for (int i = 0; i < n; i++) {
            x[xAt + i] = Math.fma(deviation, normal(counter + i), mean);
        }
    }

    /**
     * A mask for (inverted) dropout: each element is 0, or 1 / keep with probability {@code keep}, which is rounded to a
     * multiple of 2^-16. Each element takes 16 bits, the lower half of a word before the upper.
     *
     * @throws IllegalArgumentException if {@code keep} is not in [2^-16, 1]
     */
    public void fillMask(float keep, long counter, float[] x, int xAt, int n) {
        if (!(keep >= 0x1p-16f && keep <= 1f)) {
            throw new IllegalArgumentException("keep must be in [2^-16, 1], was " + keep);
        }
        int limit = Math.round(keep * 0x1p16f);
        float kept = 0x1p16f / limit;
        for (int i = 0; i < n; i++) {
            long at = counter + i;
            int half = (bits(at >>> 1) >>> (((int) at & 1) << 4)) & 0xFFFF;
            x[xAt + i] = half < limit ? kept : 0f;
        }
    }

    /** Computes one block; {@link #words} has it. */
    void encrypt(long block) {
        int c0 = (int) block;
        int c1 = (int) (block >>> 32);
        int c2 = (int) stream;
        int c3 = (int) (stream >>> 32);
        int k0 = (int) seed;
        int k1 = (int) (seed >>> 32);
        for (int round = 0; round < ROUNDS; round++) {
            long product0 = (MULTIPLIER_0 & UNSIGNED) * (c0 & UNSIGNED);
            long product1 = (MULTIPLIER_1 & UNSIGNED) * (c2 & UNSIGNED);
            c0 = (int) (product1 >>> 32) ^ c1 ^ k0;
            c1 = (int) product1;
            c2 = (int) (product0 >>> 32) ^ c3 ^ k1;
            c3 = (int) product0;
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
        current = block;
        word0 = c0;
        word1 = c1;
        word2 = c2;
        word3 = c3;
    }

    /** The four words of the block computed last. */
    int[] words() {
        return new int[] {word0, word1, word2, word3};
    }
}
