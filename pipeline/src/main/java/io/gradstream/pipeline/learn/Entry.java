package io.gradstream.pipeline.learn;

import io.gradstream.pipeline.examples.Label;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * What the join keeps for one id, as bytes. The first byte says which of four things it is, the second the version of its
 * format; numbers are little-endian.
 *
 * <pre>
 * PENDING  scored, waits for its label: time (8) topic (4) partition (4) offset (8) model version (8) majority (4) last (4)
 *          weight (4) scores (4; in version 1: 2) numbers (4) ids (4), then the served scores, the numbers (floats) and the ids (ints)
 * EARLY    a label that waits for its event: time (8) topic (4) partition (4) offset (8) value (4)
 * LEARNED  the label is learned; a further one is a duplicate: until (8)
 * EXPIRED  the wait is over; a label that still comes is late: until (8)
 * </pre>
 *
 * The lineage of the model that served is not repeated in every entry: it is the learner's own, in the same checkpoint. This
 * object is the decoded form, reused from entry to entry.
 */
final class Entry {

    /** What an id's entry can be. The codes are part of the format. */
    enum Kind {
        PENDING,
        EARLY,
        LEARNED,
        EXPIRED
    }

    private static final byte VERSION = 2;
    private static final int PENDING_HEADER = 58;
    private static final int EARLY_LENGTH = 30;
    private static final int TOMBSTONE_LENGTH = 10;
    private static final Kind[] KINDS = Kind.values();
    private static final VarHandle SHORTS = view(short[].class);
    private static final VarHandle INTS = view(int[].class);
    private static final VarHandle LONGS = view(long[].class);
    private static final VarHandle FLOATS = view(float[].class);

    /** Time of the event, or of the early label. */
    long time;

    int topic;
    int partition;
    long offset;
    /** Version of the model whose score was served. */
    long version;
    /** What the two baselines would have predicted when the event came. */
    float majority;

    float last;
    float weight;
    float[] scores = new float[0];
    float[] numbers = new float[0];
    int[] ids = new int[0];
    /** An early label's value. */
    float value;
    /** When a tombstone goes. */
    long until;

    /** What these bytes are. */
    static Kind kind(byte[] bytes) throws StateException {
        if (bytes.length < TOMBSTONE_LENGTH || bytes[0] < 0 || bytes[0] >= KINDS.length) {
            throw new StateException("the join's state has an entry of " + bytes.length + " bytes that is none of "
                    + Arrays.toString(KINDS));
        }
        if (bytes[1] < 1 || bytes[1] > VERSION) {
            throw new StateException("the join's state has an entry of format version " + bytes[1]
                    + "; this program reads versions 1 to " + VERSION
                    + ". Restore it with the program that wrote it or a newer one");
        }
        return KINDS[bytes[0]];
    }

    /** A row of the micro-batch that has been scored, as it is kept until its label comes. */
    static byte[] pending(MicroBatch rows, int row, long version) {
        int outputs = rows.outputs();
        int numbers = rows.layout().numbers();
        int ids = rows.layout().ids();
        byte[] bytes = header(Kind.PENDING, PENDING_HEADER + 4 * (outputs + numbers + ids));
        LONGS.set(bytes, 2, rows.time(row));
        INTS.set(bytes, 10, rows.topic(row));
        INTS.set(bytes, 14, rows.partition(row));
        LONGS.set(bytes, 18, rows.offset(row));
        LONGS.set(bytes, 26, version);
        FLOATS.set(bytes, 34, rows.majority(row));
        FLOATS.set(bytes, 38, rows.last(row));
        FLOATS.set(bytes, 42, rows.weight(row));
        INTS.set(bytes, 46, outputs);
        INTS.set(bytes, 50, numbers);
        INTS.set(bytes, 54, ids);
        int at = write(bytes, PENDING_HEADER, rows.scores(), row * outputs, outputs);
        at = write(bytes, at, rows.numbers(), row * numbers, numbers);
        int[] from = rows.ids();
        for (int i = row * ids, end = i + ids; i < end; i++, at += 4) {
            INTS.set(bytes, at, from[i]);
        }
        return bytes;
    }

    /** A label whose event has not come yet. */
    static byte[] early(Label label) {
        byte[] bytes = header(Kind.EARLY, EARLY_LENGTH);
        LONGS.set(bytes, 2, label.time);
        INTS.set(bytes, 10, label.topic);
        INTS.set(bytes, 14, label.partition);
        LONGS.set(bytes, 18, label.offset);
        FLOATS.set(bytes, 26, label.value);
        return bytes;
    }

    /** {@link Kind#LEARNED} or {@link Kind#EXPIRED}. */
    static byte[] tombstone(Kind kind, long until) {
        byte[] bytes = header(kind, TOMBSTONE_LENGTH);
        LONGS.set(bytes, 2, until);
        return bytes;
    }

    /** When a tombstone goes. */
    static long until(byte[] tombstone) {
        return (long) LONGS.get(tombstone, 2);
    }

    /** When what these bytes are of is over, for good or for the next thing to be done about it. */
    static long until(byte[] entry, long waitMillis) throws StateException {
        return waits(entry) ? LabelJoin.saturatedAdd(time(entry), waitMillis) : until(entry);
    }

    /** Time of a pending event or an early label. */
    static long time(byte[] entry) {
        return (long) LONGS.get(entry, 2);
    }

    /** Whether this is an event or a label that waits, and not a tombstone. */
    static boolean waits(byte[] entry) throws StateException {
        Kind kind = kind(entry);
        return kind == Kind.PENDING || kind == Kind.EARLY;
    }

    /** Topic of a pending event or an early label. */
    static int topic(byte[] entry) {
        return (int) INTS.get(entry, 10);
    }

    /** The same from another topic. */
    static byte[] withTopic(byte[] entry, int topic) {
        byte[] copy = entry.clone();
        INTS.set(copy, 10, topic);
        return copy;
    }

    /** Reads an early label. */
    void readEarly(byte[] bytes) {
        readOrigin(bytes);
        value = (float) FLOATS.get(bytes, 26);
    }

    /** Reads a pending example; the arrays are reused when they have the right lengths. */
    void readPending(byte[] bytes) throws StateException {
        readOrigin(bytes);
        version = (long) LONGS.get(bytes, 26);
        majority = (float) FLOATS.get(bytes, 34);
        last = (float) FLOATS.get(bytes, 38);
        weight = (float) FLOATS.get(bytes, 42);
        int header = PENDING_HEADER - (bytes[1] == 1 ? 2 : 0);
        int outputs = bytes[1] == 1 ? (short) SHORTS.get(bytes, 46) : (int) INTS.get(bytes, 46);
        int numbersWidth = (int) INTS.get(bytes, header - 8);
        int idsWidth = (int) INTS.get(bytes, header - 4);
        if (header + 4L * outputs + 4L * numbersWidth + 4L * idsWidth != bytes.length) {
            throw new StateException("the join's state has an entry of " + bytes.length + " bytes for " + outputs
                    + " scores, " + numbersWidth + " numbers and " + idsWidth + " ids");
        }
        resize(outputs, numbersWidth, idsWidth);
        int at = read(bytes, header, scores);
        at = read(bytes, at, numbers);
        for (int i = 0; i < idsWidth; i++, at += 4) {
            ids[i] = (int) INTS.get(bytes, at);
        }
    }

    private void readOrigin(byte[] bytes) {
        time = time(bytes);
        topic = topic(bytes);
        partition = (int) INTS.get(bytes, 14);
        offset = (long) LONGS.get(bytes, 18);
    }

    private void resize(int outputs, int numbersWidth, int idsWidth) {
        if (scores.length != outputs) {
            scores = new float[outputs];
        }
        if (numbers.length != numbersWidth) {
            numbers = new float[numbersWidth];
        }
        if (ids.length != idsWidth) {
            ids = new int[idsWidth];
        }
    }

    private static byte[] header(Kind kind, int length) {
        byte[] bytes = new byte[length];
        bytes[0] = (byte) kind.ordinal();
        bytes[1] = VERSION;
        return bytes;
    }

    private static int write(byte[] bytes, int at, float[] from, int fromAt, int n) {
        for (int i = 0; i < n; i++) {
            FLOATS.set(bytes, at + 4 * i, from[fromAt + i]);
        }
        return at + 4 * n;
    }

    private static int read(byte[] bytes, int at, float[] into) {
        for (int i = 0; i < into.length; i++) {
            into[i] = (float) FLOATS.get(bytes, at + 4 * i);
        }
        return at + 4 * into.length;
    }

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
    }
}
