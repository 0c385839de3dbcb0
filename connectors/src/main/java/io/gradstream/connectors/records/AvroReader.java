package io.gradstream.connectors.records;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads Avro's binary encoding from an array. Never reads past the end and never allocates more than the array's length
 * allows, whatever the bytes say.
 */
final class AvroReader {
    private final String what;
    private final byte[] bytes;
    private int at;

    /** @param what the record's name, for messages */
    AvroReader(String what, byte[] bytes) {
        this.what = what;
        this.bytes = bytes;
    }

    boolean readBoolean() throws UnreadableRecordException {
        byte value = bytes[take(1, "a boolean")];
        if (value != 0 && value != 1) {
            throw bad("a boolean is 0 or 1, not " + value);
        }
        return value == 1;
    }

    long readLong() throws UnreadableRecordException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = bytes[take(1, "an integer")];
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw bad("an integer is longer than ten bytes");
    }

    int readInt() throws UnreadableRecordException {
        long value = readLong();
        if (value != (int) value) {
            throw bad("an int was wanted, " + value + " came");
        }
        return (int) value;
    }

    float readFloat() throws UnreadableRecordException {
        return Float.intBitsToFloat((int) littleEndian(4, "a float"));
    }

    double readDouble() throws UnreadableRecordException {
        return Double.longBitsToDouble(littleEndian(8, "a double"));
    }

    byte[] readBytes() throws UnreadableRecordException {
        int length = readLength();
        int start = take(length, "bytes");
        return Arrays.copyOfRange(bytes, start, start + length);
    }

    String readString() throws UnreadableRecordException {
        int length = readLength();
        return new String(bytes, take(length, "a string"), length, StandardCharsets.UTF_8);
    }

    /** The branch of a union of null and something else: whether there is something. */
    boolean readPresent() throws UnreadableRecordException {
        long branch = readLong();
        if (branch != 0 && branch != 1) {
            throw bad("a union has branches 0 and 1, not " + branch);
        }
        return branch == 1;
    }

    float[] readFloats() throws UnreadableRecordException {
        float[] all = {};
        for (int count = readBlock(); count > 0; count = readBlock()) {
            check(count, 4, "floats");
            int from = all.length;
            all = Arrays.copyOf(all, from + count);
            for (int i = 0; i < count; i++) {
                all[from + i] = readFloat();
            }
        }
        return all;
    }

    Map<String, String> readStrings() throws UnreadableRecordException {
        Map<String, String> all = new LinkedHashMap<>();
        for (int count = readBlock(); count > 0; count = readBlock()) {
            for (int i = 0; i < count; i++) {
                all.put(readString(), readString());
            }
        }
        return all;
    }

    Map<String, Double> readDoubles() throws UnreadableRecordException {
        Map<String, Double> all = new LinkedHashMap<>();
        for (int count = readBlock(); count > 0; count = readBlock()) {
            for (int i = 0; i < count; i++) {
                all.put(readString(), readDouble());
            }
        }
        return all;
    }

    /** To be called when the record is read: nothing may follow. */
    void end() throws UnreadableRecordException {
        if (at != bytes.length) {
            throw bad((bytes.length - at) + " bytes follow the record");
        }
    }

    UnreadableRecordException bad(String problem) {
        return new UnreadableRecordException(
                "not a " + what + ": " + problem + " (before byte " + at + " of " + bytes.length + ")");
    }

    /** Number of items in the next block; a negative one is followed by the block's size in bytes, which is not needed. */
    private int readBlock() throws UnreadableRecordException {
        long count = readLong();
        if (count < 0) {
            readLong();
            count = -count;
        }
        if (count < 0 || count > bytes.length - at) {
            throw bad("a block of " + count + " items");
        }
        return (int) count;
    }

    private int readLength() throws UnreadableRecordException {
        long length = readLong();
        if (length < 0 || length > bytes.length - at) {
            throw bad("a length of " + length);
        }
        return (int) length;
    }

    private long littleEndian(int width, String wanted) throws UnreadableRecordException {
        int start = take(width, wanted);
        long value = 0;
        for (int i = width - 1; i >= 0; i--) {
            value = value << 8 | (bytes[start + i] & 0xffL);
        }
        return value;
    }

    private void check(int count, int width, String wanted) throws UnreadableRecordException {
        if ((long) count * width > bytes.length - at) {
            throw bad("it ends inside " + wanted);
        }
    }

    private int take(int width, String wanted) throws UnreadableRecordException {
        check(1, width, wanted);
        int start = at;
        at += width;
        return start;
    }
}
