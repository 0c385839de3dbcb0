package io.gradstream.model.statistics;

import java.io.ByteArrayOutputStream;
import java.util.zip.CRC32C;

/** Writes state: counts as little-endian base-128 numbers (LEB128), doubles as their bits, a CRC-32C at the end. */
final class StateOutput {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);

    void count(long value) {
        long rest = value;
        while (rest >>> 7 != 0) {
            bytes.write((int) rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }

    void number(double value) {
        bits(Double.doubleToRawLongBits(value), 8);
    }

    /** The low bytes of a number, the lowest first. */
    void bits(long value, int count) {
        for (int i = 0; i < count; i++) {
            bytes.write((int) (value >>> 8 * i) & 0xff);
        }
    }

    /** Only those above 0: how many, then for each the distance from the one before and the count. */
    void counts(long[] counts) {
        int above = 0;
        for (long each : counts) {
            above += each > 0 ? 1 : 0;
        }
        count(above);
        int last = 0;
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                count(i - last);
                count(counts[i]);
                last = i;
            }
        }
    }

    void numbers(double[] values) {
        for (double each : values) {
            number(each);
        }
    }

    byte[] checksummed() {
        CRC32C checksum = new CRC32C();
        byte[] content = bytes.toByteArray();
        checksum.update(content, 0, content.length);
        bits(checksum.getValue(), 4);
        return bytes.toByteArray();
    }
}
