package io.gradstream.connectors.records;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.apache.avro.io.BinaryData;

/** Avro's binary encoding into a buffer that is used again; nothing is allocated but the final array. */
final class AvroWriter {
    private byte[] buffer = new byte[512];
    private int length;

    AvroWriter clear() {
        length = 0;
        return this;
    }

    byte[] toBytes() {
        return Arrays.copyOf(buffer, length);
    }

    AvroWriter writeBoolean(boolean value) {
        room(1);
        buffer[length++] = (byte) (value ? 1 : 0);
        return this;
    }

    /** An int or a long: the encoding is the same. */
    AvroWriter writeLong(long value) {
        room(10);
        length += BinaryData.encodeLong(value, buffer, length);
        return this;
    }

    AvroWriter writeFloat(float value) {
        room(4);
        length += BinaryData.encodeFloat(value, buffer, length);
        return this;
    }

    AvroWriter writeDouble(double value) {
        room(8);
        length += BinaryData.encodeDouble(value, buffer, length);
        return this;
    }

    AvroWriter writeBytes(byte[] bytes) {
        return writeLong(bytes.length).writeEncoded(bytes);
    }

    /** What is encoded already. */
    AvroWriter writeEncoded(byte[] bytes) {
        room(bytes.length);
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
        return this;
    }

    /** Union of null and bytes, in this order. */
    AvroWriter writeNullableBytes(byte[] bytes) {
        return bytes == null ? writeLong(0) : writeLong(1).writeBytes(bytes);
    }

    /** One block of all floats, then the end of the array. */
    AvroWriter writeFloats(Prediction prediction) {
        int count = prediction.outputs();
        if (count > 0) {
            writeLong(count);
            for (int i = 0; i < count; i++) {
                writeFloat(prediction.score(i));
            }
        }
        return writeLong(0);
    }

    AvroWriter writeStrings(Map<String, String> map) {
        if (!map.isEmpty()) {
            writeLong(map.size());
            map.forEach((key, value) -> writeString(key).writeString(value));
        }
        return writeLong(0);
    }

    AvroWriter writeDoubles(Map<String, Double> map) {
        if (!map.isEmpty()) {
            writeLong(map.size());
            map.forEach((key, value) -> writeString(key).writeDouble(value));
        }
        return writeLong(0);
    }

    /** ASCII, which ids nearly always are, is written without a detour; the rest goes through Java's own encoder. */
    AvroWriter writeString(String text) {
        int count = text.length();
        room(count + 10);
        int start = length;
        length += BinaryData.encodeLong(count, buffer, length);
        for (int i = 0; i < count; i++) {
            char c = text.charAt(i);
            if (c > 0x7f) {
                length = start;
                return writeBytes(text.getBytes(StandardCharsets.UTF_8));
            }
            buffer[length++] = (byte) c;
        }
        return this;
    }

    private void room(int more) {
        if (buffer.length - length < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, Math.addExact(length, more)));
        }
    }
}
