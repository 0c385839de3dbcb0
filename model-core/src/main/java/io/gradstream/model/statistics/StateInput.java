package io.gradstream.model.statistics;

import java.util.Arrays;
import java.util.zip.CRC32C;

/** Reads what {@link StateOutput} wrote; its checksum first, so that nothing else is looked at in altered bytes. */
final class StateInput {
    private static final int CHECKSUM_BYTES = 4;

    private final byte[] bytes;
    private final int end;
    private int at;

    StateInput(byte[] bytes) {
        this.bytes = bytes;
        this.end = bytes.length - CHECKSUM_BYTES;
        if (end < 0) {
            throw broken("has " + bytes.length + " bytes");
        }
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, end);
        long written = 0;
        for (int i = 0; i < CHECKSUM_BYTES; i++) {
            written |= (bytes[end + i] & 0xffL) << 8 * i;
        }
        if (written != checksum.getValue()) {
            throw broken("is torn or altered: its checksum is " + Long.toHexString(written) + ", its " + end
                    + " bytes have " + Long.toHexString(checksum.getValue()));
        }
    }

    long count() {
        long value = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            long group = bits(1);
            value |= (group & 0x7f) << shift;
            if (group < 0x80) {
                return value;
            }
        }
        throw broken("has a count of more than 63 bits");
    }

    /** A count in a range. */
    int count(int least, int most) {
        long value = count();
        if (value < least || value > most) {
            throw broken("has the count " + value + " where " + least + " to " + most + " is possible");
        }
        return (int) value;
    }

    double number() {
        return Double.longBitsToDouble(bits(8));
    }

    long bits(int count) {
        if (count > end - at) {
            throw broken("ends too early");
        }
        long value = 0;
        for (int i = 0; i < count; i++) {
            value |= (bytes[at++] & 0xffL) << 8 * i;
        }
        return value;
    }

    void counts(long[] into) {
        Arrays.fill(into, 0);
        int index = 0;
        for (int above = count(0, into.length); above > 0; above--) {
            index += count(0, into.length - 1 - index);
            into[index] = count();
        }
    }

    void numbers(double[] into) {
        for (int i = 0; i < into.length; i++) {
            into[i] = number();
        }
    }

    void end() {
        if (at != end) {
            throw broken("has " + (end - at) + " bytes too many");
        }
    }

    UnreadableStateException broken(String what) {
        return new UnreadableStateException("the state of an evaluation " + what);
    }
}
