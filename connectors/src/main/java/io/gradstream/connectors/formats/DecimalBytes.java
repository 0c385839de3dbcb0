package io.gradstream.connectors.formats;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Avro's decimal: a big-endian two's-complement number, divided by ten to the power of a scale from the schema. */
final class DecimalBytes {

    private static final int LONGEST = 256;
    private static final long EXACT = 1L << 53;
    private static final int POWERS = 23;
    private static final double[] POWERS_OF_TEN = new double[POWERS];

    static {
        for (int i = 0; i < POWERS; i++) {
            POWERS_OF_TEN[i] = Double.parseDouble("1e" + i);
        }
    }

    private DecimalBytes() {}

    /** The nearest double; an unscaled number of up to 53 bits is divided exactly once. */
    static double read(byte[] bytes, int at, int length, int scale) throws UndecodableException {
        if (length == 0 || length > LONGEST) {
            throw new UndecodableException("is a decimal of " + length + " bytes; 1 to " + LONGEST + " are read");
        }
        if (length <= Long.BYTES && scale < POWERS) {
            long unscaled = bytes[at];
            for (int i = 1; i < length; i++) {
                unscaled = (unscaled << 8) | (bytes[at + i] & 0xFF);
            }
            if (unscaled >= -EXACT && unscaled <= EXACT) {
                return unscaled / POWERS_OF_TEN[scale];
            }
        }
        return new BigDecimal(new BigInteger(bytes, at, length), scale).doubleValue();
    }
}
