package io.gradstream.connectors.formats;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The used fields of one record, as columns by index. Reused from record to record; not thread-safe.
 *
 * <p>Texts lie one after another in a single buffer of UTF-8 bytes, which grows with the longest record seen and is
 * given back when it has become unusually large. Lists of numbers lie in another such buffer.
 */
public final class FieldValues {

    /** The most bytes that all texts of one record may have together: 16 MiB. */
    public static final int MAX_TEXT = 16 << 20;

    /** The most numbers that all lists of one record may have together: 4 Mi. */
    public static final int MAX_LIST = 4 << 20;

    private static final int USUAL_LIST = 1 << 17;
    private static final int FIRST_LIST = 64;
    private static final int USUAL_TEXT = 1 << 20;
    private static final int FIRST_TEXT = 256;

    private final boolean[] present;
    private final double[] numbers;
    private final long[] longs;
    private final int[] starts;
    private final int[] lengths;
    private byte[] text = new byte[FIRST_TEXT];
    private int textEnd;
    private double[] list = new double[FIRST_LIST];
    private int listEnd;

    /** @param fields how many columns, at least 0 */
    public FieldValues(int fields) {
        present = new boolean[fields];
        numbers = new double[fields];
        longs = new long[fields];
        starts = new int[fields];
        lengths = new int[fields];
    }

    /** The number of columns. */
    public int size() {
        return present.length;
    }

    /** Makes every column missing. */
    public void clear() {
        Arrays.fill(present, false);
        textEnd = 0;
        if (text.length > USUAL_TEXT) {
            text = new byte[FIRST_TEXT];
        }
        listEnd = 0;
        if (list.length > USUAL_LIST) {
            list = new double[FIRST_LIST];
        }
    }

    /** Whether the field had a value; if not it is missing, and the other methods return nothing of meaning. */
    public boolean present(int field) {
        return present[field];
    }

    /** The value of a {@link FieldType#NUMBER}; may be NaN or infinite if that is what came. */
    public double number(int field) {
        return numbers[field];
    }

    /** The value of a {@link FieldType#TIME}, in milliseconds since 1970-01-01T00:00Z. */
    public long time(int field) {
        return longs[field];
    }

    /** The value of a {@link FieldType#BOOLEAN}. */
    public boolean flag(int field) {
        return longs[field] != 0;
    }

    /** The buffer that holds all texts as UTF-8; the same one only until the next text is set or the columns are cleared. */
    public byte[] text() {
        return text;
    }

    /** Where the {@link FieldType#TEXT} begins in {@link #text()}. */
    public int textStart(int field) {
        return starts[field];
    }

    /** How many bytes the {@link FieldType#TEXT} has in {@link #text()}. */
    public int textLength(int field) {
        return lengths[field];
    }

    /** The value of a {@link FieldType#TEXT} as a new string. */
    public String text(int field) {
        return new String(text, starts[field], lengths[field], StandardCharsets.UTF_8);
    }

    /** The buffer that holds all lists; the same one only until the next number is added or the columns are cleared. */
    public double[] list() {
        return list;
    }

    /** Where the {@link FieldType#NUMBERS} begin in {@link #list()}. */
    public int listStart(int field) {
        return starts[field];
    }

    /** How many {@link FieldType#NUMBERS} there are in {@link #list()}. */
    public int listLength(int field) {
        return lengths[field];
    }

    /** Begins the list of a {@link FieldType#NUMBERS}, empty so far. */
    public void startList(int field) {
        starts[field] = listEnd;
        lengths[field] = 0;
        present[field] = true;
    }

    /**
     * Adds a number to the list that was begun last.
     *
     * @throws IllegalArgumentException when the record's lists would have more than {@link #MAX_LIST} numbers
     */
    public void addToList(int field, double value) {
        if (listEnd == list.length) {
            if (listEnd == MAX_LIST) {
                throw new IllegalArgumentException(
                        "the lists of one record have more than " + MAX_LIST + " numbers; no more are read");
            }
            list = Arrays.copyOf(list, Math.min(MAX_LIST, 2 * list.length));
        }
        list[listEnd++] = value;
        lengths[field]++;
    }

    /** Sets a {@link FieldType#NUMBER}. */
    public void setNumber(int field, double value) {
        numbers[field] = value;
        present[field] = true;
    }

    /** Sets a {@link FieldType#TIME}, in milliseconds since 1970-01-01T00:00Z. */
    public void setTime(int field, long epochMillis) {
        longs[field] = epochMillis;
        present[field] = true;
    }

    /** Sets a {@link FieldType#BOOLEAN}. */
    public void setFlag(int field, boolean value) {
        longs[field] = value ? 1 : 0;
        present[field] = true;
    }

    /**
     * Sets a {@link FieldType#TEXT} to a copy of the bytes.
     *
     * @throws IllegalArgumentException when the record's texts would have more than {@link #MAX_TEXT} bytes
     */
    public void setText(int field, byte[] bytes, int at, int length) {
        int start = reserveText(length);
        System.arraycopy(bytes, at, text, start, length);
        setText(field, start, length);
    }

    /** Sets a {@link FieldType#TEXT}; for tests and tools. */
    public void setText(int field, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        setText(field, bytes, 0, bytes.length);
    }

    /** Makes room for {@code length} more bytes of text and returns where they start in {@link #text()}. */
    int reserveText(int length) {
        int start = textEnd;
        if (length > text.length - start) {
            growText(length);
        }
        textEnd = start + length;
        return start;
    }

    /** Gives a field the bytes that were written into a reserved range. */
    void setText(int field, int start, int length) {
        starts[field] = start;
        lengths[field] = length;
        present[field] = true;
    }

    private void growText(int length) {
        long needed = (long) textEnd + length;
        if (needed > MAX_TEXT) {
            throw new IllegalArgumentException(
                    "the texts of one record have " + needed + " bytes or more; at most " + MAX_TEXT + " are read");
        }
        text = Arrays.copyOf(text, (int) Math.min(MAX_TEXT, Math.max(needed, 2L * text.length)));
    }
}
