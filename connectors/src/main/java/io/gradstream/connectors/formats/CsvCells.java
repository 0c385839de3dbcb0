package io.gradstream.connectors.formats;

/** Where the cells of a line of CSV are, as RFC 4180 has them: a quote is one only at a cell's beginning. */
final class CsvCells {

    private static final byte QUOTE = '"';

    private final byte delimiter;
    private final int[] starts;
    private final int[] ends;
    private final boolean[] doubled;
    private final ReusedBytes scratch = new ReusedBytes();

    private byte[] line = {};
    private byte[] cellBytes = {};
    private int cellStart;
    private int cellLength;

    /** @param cells how many are kept; more are only counted */
    CsvCells(char delimiter, int cells) {
        this.delimiter = (byte) delimiter;
        starts = new int[cells];
        ends = new int[cells];
        doubled = new boolean[cells];
    }

    /** Finds the cells of a line, which may still have its end, and returns how many there are. */
    int split(byte[] bytes, int at, int length) throws UndecodableException {
        line = bytes;
        int end = endOfLine(bytes, at, at + length);
        int i = at;
        for (int cell = 0; ; cell++) {
            int close = i < end && bytes[i] == QUOTE ? quoted(bytes, i, end, cell) : plain(bytes, i, end, cell);
            if (close == end) {
                return cell + 1;
            }
            i = close + 1;
        }
    }

    /** Whether a cell has nothing in it, quoted or not. */
    boolean isEmpty(int cell) {
        return starts[cell] == ends[cell];
    }

    /** Makes a cell's text what {@link #bytes()}, {@link #start()} and {@link #length()} tell of. */
    void select(int cell) {
        cellBytes = line;
        cellStart = starts[cell];
        cellLength = ends[cell] - cellStart;
        if (doubled[cell]) {
            cellBytes = scratch.atLeast(cellLength);
            cellLength = withoutDoubling(line, cellStart, cellLength, cellBytes);
            cellStart = 0;
        }
    }

    byte[] bytes() {
        return cellBytes;
    }

    int start() {
        return cellStart;
    }

    int length() {
        return cellLength;
    }

    /** Takes a cell without quotes and returns where its delimiter is, or the end. */
    private int plain(byte[] bytes, int at, int end, int cell) throws UndecodableException {
        int i = at;
        while (i < end && bytes[i] != delimiter) {
            byte b = bytes[i];
            if (b == QUOTE || b == '\n' || b == '\r') {
                throw new UndecodableException("cell " + (cell + 1) + " of the line has "
                        + (b == QUOTE ? "a quote" : "the end of a line") + " in it, without being quoted");
            }
            i++;
        }
        keep(cell, at, i, false);
        return i;
    }

    /** Takes a quoted cell and returns where its delimiter is, or the end. */
    private int quoted(byte[] bytes, int at, int end, int cell) throws UndecodableException {
        boolean hasDoubled = false;
        int i = at + 1;
        while (true) {
            while (i < end && bytes[i] != QUOTE) {
                i++;
            }
            if (i == end) {
                throw new UndecodableException("the quotes of cell " + (cell + 1) + " are not closed");
            }
            if (i + 1 == end || bytes[i + 1] != QUOTE) {
                break;
            }
            hasDoubled = true;
            i += 2;
        }
        keep(cell, at + 1, i, hasDoubled);
        if (i + 1 < end && bytes[i + 1] != delimiter) {
            throw new UndecodableException("cell " + (cell + 1) + " of the line goes on after its closing quote");
        }
        return i + 1;
    }

    private void keep(int cell, int start, int end, boolean hasDoubled) {
        if (cell < starts.length) {
            starts[cell] = start;
            ends[cell] = end;
            doubled[cell] = hasDoubled;
        }
    }

    private static int withoutDoubling(byte[] bytes, int at, int length, byte[] out) {
        int n = 0;
        for (int i = at; i < at + length; i++) {
            out[n++] = bytes[i];
            if (bytes[i] == QUOTE) {
                i++;
            }
        }
        return n;
    }

    /** The end without one line break. */
    private static int endOfLine(byte[] bytes, int at, int end) {
        int last = end > at && bytes[end - 1] == '\n' ? end - 1 : end;
        return last > at && last < end && bytes[last - 1] == '\r' ? last - 1 : last;
    }
}
