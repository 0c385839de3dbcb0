package io.gradstream.connectors.formats;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The used fields of one record, as columns by index. Reused from record to record; not thread-safe.
 *
 * <p>Texts lie one after another in a single buffer of UTF-8 bytes, which grows with the longest record seen and is
 * given back when it has become unusually large.
 */
public final class FieldValues {

    /** The most bytes that all texts of one record may have together: 16 MiB. */
    public static final int MAX_TEXT = 16 << 20;

    private static final int USUAL_TEXT = 1 << 20;
    private static final int FIRST_TEXT = 256;

    private final boolean[] present;
    private final double[] numbers;
    private final long[] longs;
    private final int[] textStarts;
    private final int[] textLengths;
    private byte[] text = new byte[FIRST_TEXT];
    private int textEnd;

    /** @param fields how many columns, at least 0 */
    public FieldValues(int fields) {
        present = new boolean[fields];
        numbers = new double[fields];
        longs = new long[fields];
        textStarts = new int[fields];
        textLengths = new int[fields];
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
        return textStarts[field];
    }

    /** How many bytes the {@link FieldType#TEXT} has in {@link #text()}. */
    public int textLength(int field) {
        return textLengths[field];
    }

    /** The value of a {@link FieldType#TEXT} as a new string. */
    public String text(int field) {
        return new String(text, textStarts[field], textLengths[field], StandardCharsets.UTF_8);
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
        textStarts[field] = start;
        textLengths[field] = length;
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
