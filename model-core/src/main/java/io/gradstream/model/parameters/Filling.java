package io.gradstream.model.parameters;

import io.gradstream.model.random.Philox;
import java.util.Arrays;

/**
 * First values: each a pure function of the seed, of the name of what is filled and of its place in it, whatever else there is.
 *
 * @param kind how they are distributed
 * @param value the constant, the bound, the standard deviation, or the length of a block
 */
public record Filling(Kind kind, float value) {
    /** All 0. */
    public static final Filling ZEROS = new Filling(Kind.CONSTANT, 0);
    /** All 1. */
    public static final Filling ONES = new Filling(Kind.CONSTANT, 1);

    /** How values are distributed. */
    public enum Kind {
        /** All the same. */
        CONSTANT,
        /** Uniform between -value and value. */
        UNIFORM,
        /** Normal around 0. */
        NORMAL,
        /** 1 in the second block of so many as the value says, 0 elsewhere. */
        SECOND_BLOCK
    }

    /** Uniform in ± bound. */
    public static Filling uniform(float bound) {
        return bound == 0 ? ZEROS : new Filling(Kind.UNIFORM, bound);
    }

    /** Normal with mean 0. */
    public static Filling normal(float deviation) {
        return deviation == 0 ? ZEROS : new Filling(Kind.NORMAL, deviation);
    }

    /** 1 in the second block of so many numbers, 0 elsewhere: the bias of an LSTM, whose second block is its forget gate's. */
    public static Filling secondBlock(int block) {
        return new Filling(Kind.SECOND_BLOCK, block);
    }

    /** The generator for what has this name. One thread. */
    public static Philox generator(long seed, String name) {
        return new Philox(seed, stream(name));
    }

    /** FNV-1a over the name's characters. */
    private static long stream(String name) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }

    /** Fills [at, at + n) of {@code out} with the values from place {@code from} on. */
    public void fill(Philox generator, long from, float[] out, int at, int n) {
        switch (kind) {
            case CONSTANT -> Arrays.fill(out, at, at + n, value);
            case UNIFORM -> generator.fillUniform(-value, value, from, out, at, n);
            case NORMAL -> generator.fillNormal(0, value, from, out, at, n);
            case SECOND_BLOCK -> {
                for (int i = 0; i < n; i++) {
                    out[at + i] = (from + i) / (int) value == 1 ? 1 : 0;
                }
            }
        }
    }
}
