package io.gradstream.model.kernels;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The one vector width of this JVM, and the few operations every vector kernel uses.
 *
 * <p>Exactly one float species may ever be used: with two, call sites inside the vector library see two receiver classes,
 * and the JIT gives up on keeping vectors in registers (measured 5 GFLOP/s instead of 200).
 */
final class Lanes {
    /** The width in bits that the machine prefers, or that the property {@code gradstream.vector-bits} asks for. */
    static final VectorSpecies<Float> FLOATS = species();

    static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);

    /** Floats in a vector: 4, 8 or 16. */
    static final int LENGTH = FLOATS.length();

    static final int BITS = FLOATS.vectorBitSize();

    /** Whether there are 32 vector registers, as all machines with vectors of 512 bits have, and not 16. */
    static final boolean MANY_REGISTERS = LENGTH == 16;

    /** Narrower vectors are not worth it. */
    static final int FEWEST_BITS = 128;

    /** Sums have this many lanes, whatever the width; see {@link PlainSums}. */
    static final int VIRTUAL = 16;

    private static final int MOST_BITS = 512;
    private static final int[] STAIR = stair();

    private Lanes() {}

    private static VectorSpecies<Float> species() {
        String wanted = System.getProperty("gradstream.vector-bits");
        int preferred = FloatVector.SPECIES_PREFERRED.vectorBitSize();
        return switch (wanted == null ? String.valueOf(Math.min(preferred, MOST_BITS)) : wanted) {
            case "64" -> FloatVector.SPECIES_64;
            case "128" -> FloatVector.SPECIES_128;
            case "256" -> FloatVector.SPECIES_256;
            case "512" -> FloatVector.SPECIES_512;
            default ->
                throw new IllegalArgumentException(
                        "gradstream.vector-bits must be 128, 256 or 512, was \"" + wanted + "\"");
        };
    }

    private static int[] stair() {
        int[] bits = new int[3 * VIRTUAL];
        Arrays.fill(bits, VIRTUAL, bits.length, -1);
        return bits;
    }

    /** All bits in the lanes from {@code first} on, all lanes if it is not positive, and none in the others. */
    static IntVector bitsFrom(int first) {
        return IntVector.fromArray(INTS, STAIR, VIRTUAL - first);
    }

    /** Each lane, or 0 where no bits are set. */
    static FloatVector and(FloatVector x, IntVector bits) {
        return x.reinterpretAsInts().and(bits).reinterpretAsFloats();
    }
}
