package io.gradstream.connectors.formats;

/** Bytes to work in, which grow with the longest value seen and are given back when they have become unusually many. */
final class ReusedBytes {

    private static final int USUAL = 1 << 20;

    private byte[] bytes = new byte[64];

    /** At least so many bytes, of any content; the same ones until more are asked for. */
    byte[] atLeast(int length) {
        if (bytes.length < length || (bytes.length > USUAL && length <= USUAL)) {
            bytes = new byte[Math.max(length, 64)];
        }
        return bytes;
    }
}
