package io.gradstream.pipeline.features;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The hash of categories. It is part of the format: weights belong to ids, so these functions never change.
 *
 * <p>The hash of a text is XXH64 of its UTF-8 bytes with seed 0 (Yann Collet, xxHash specification 0.1.1). The hash of an interval, a
 * flag or a part of a time is {@code mix(index + 1)}, {@code mix} being the finaliser of MurmurHash3 (Austin Appleby). A missing value
 * counts as 0. A cross starts from XXH64 of its own name and takes its parts in order: {@code h = mix(h ^ part)}.
 *
 * <p>A hash becomes an id by the upper half of its product with the number of ids: {@code 1 + (hash * (buckets - 1) >> 64)}, all
 * unsigned. That is as even as a remainder and needs no division.
 */
final class Hashing {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long PRIME_1 = 0x9E3779B185EBCA87L;
    private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
    private static final long PRIME_3 = 0x165667B19E3779F9L;
    private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
    private static final long PRIME_5 = 0x27D4EB2F165667C5L;

    private Hashing() {}

    /** XXH64 with seed 0. */
    static long xxh64(byte[] bytes, int at, int length) {
        int end = at + length;
        int next = at;
        long hash;
        if (length >= 32) {
            long a = 0x60EA27EEADC0B5D6L; // PRIME_1 + PRIME_2
            long b = PRIME_2;
            long c = 0;
            long d = -PRIME_1;
            do {
                a = round(a, (long) LONGS.get(bytes, next));
                b = round(b, (long) LONGS.get(bytes, next + 8));
                c = round(c, (long) LONGS.get(bytes, next + 16));
                d = round(d, (long) LONGS.get(bytes, next + 24));
                next += 32;
            } while (next <= end - 32);
            hash = Long.rotateLeft(a, 1) + Long.rotateLeft(b, 7) + Long.rotateLeft(c, 12) + Long.rotateLeft(d, 18);
            hash = merge(merge(merge(merge(hash, a), b), c), d);
        } else {
            hash = PRIME_5;
        }
        return avalanche(tail(hash + length, bytes, next, end));
    }

    private static long tail(long start, byte[] bytes, int from, int end) {
        long hash = start;
        int next = from;
        for (; next <= end - 8; next += 8) {
            hash = Long.rotateLeft(hash ^ round(0, (long) LONGS.get(bytes, next)), 27) * PRIME_1 + PRIME_4;
        }
        if (next <= end - 4) {
            hash = Long.rotateLeft(hash ^ ((int) INTS.get(bytes, next) & 0xFFFFFFFFL) * PRIME_1, 23) * PRIME_2
                    + PRIME_3;
            next += 4;
        }
        for (; next < end; next++) {
            hash = Long.rotateLeft(hash ^ (bytes[next] & 0xFF) * PRIME_5, 11) * PRIME_1;
        }
        return hash;
    }

    private static long round(long accumulator, long lane) {
        return Long.rotateLeft(accumulator + lane * PRIME_2, 31) * PRIME_1;
    }

    private static long merge(long hash, long accumulator) {
        return (hash ^ round(0, accumulator)) * PRIME_1 + PRIME_4;
    }

    private static long avalanche(long value) {
        long hash = (value ^ (value >>> 33)) * PRIME_2;
        hash = (hash ^ (hash >>> 29)) * PRIME_3;
        return hash ^ (hash >>> 32);
    }

    /** The finaliser of MurmurHash3: each bit of the result depends on each bit of the value. */
    static long mix(long value) {
        long hash = (value ^ (value >>> 33)) * 0xFF51AFD7ED558CCDL;
        hash = (hash ^ (hash >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return hash ^ (hash >>> 33);
    }

    /** An id in [1, buckets); 0 is left for missing. */
    static int id(long hash, int buckets) {
        long ids = buckets - 1L;
        return 1 + (int) (Math.multiplyHigh(hash, ids) + ((hash >> 63) & ids));
    }
}
