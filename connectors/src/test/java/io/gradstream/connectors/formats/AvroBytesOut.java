package io.gradstream.connectors.formats;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes Avro by hand, also what no writer would write. */
final class AvroBytesOut {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    AvroBytesOut number(long value) {
        long zigzag = (value << 1) ^ (value >> 63);
        while ((zigzag & ~0x7FL) != 0) {
            out.write((int) (zigzag & 0x7F) | 0x80);
            zigzag >>>= 7;
        }
        out.write((int) zigzag);
        return this;
    }

    AvroBytesOut text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return number(bytes.length).raw(bytes);
    }

    AvroBytesOut float32(float value) {
        int bits = Float.floatToRawIntBits(value);
        return raw(bits, bits >> 8, bits >> 16, bits >> 24);
    }

    AvroBytesOut raw(int... bytes) {
        for (int b : bytes) {
            out.write(b);
        }
        return this;
    }

    AvroBytesOut raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    byte[] bytes() {
        return out.toByteArray();
    }
}
