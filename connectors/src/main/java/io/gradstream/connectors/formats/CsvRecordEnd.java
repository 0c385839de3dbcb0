package io.gradstream.connectors.formats;

/** Looks for the end of a record in bytes that come in pieces, and counts lines. */
final class CsvRecordEnd {

    /** What {@link #find} returns when the record goes on. */
    static final int NOT_YET = -1;

    private enum At {
        CELL_BEGINS,
        PLAIN,
        QUOTED,
        QUOTE_IN_QUOTED
    }

    private final byte delimiter;
    private At at = At.CELL_BEGINS;
    private long line = 1;
    private long firstLine = 1;
    private long quoteLine;

    CsvRecordEnd(char delimiter) {
        this.delimiter = (byte) delimiter;
    }

    /** Begins a record. */
    void begin() {
        at = At.CELL_BEGINS;
        firstLine = line;
    }

    /** Looks at more bytes of the record; returns the index of the line feed that ends it, or {@link #NOT_YET}. */
    int find(byte[] bytes, int from, int to) {
        At state = at;
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (b == '\n') {
                line++;
                if (state != At.QUOTED) {
                    return i;
                }
            } else if (state == At.QUOTED) {
                state = b == '"' ? At.QUOTE_IN_QUOTED : At.QUOTED;
            } else if (b == delimiter) {
                state = At.CELL_BEGINS;
            } else if (b == '"' && state != At.PLAIN) {
                quoteLine = state == At.CELL_BEGINS ? line : quoteLine;
                state = At.QUOTED;
            } else {
                state = At.PLAIN;
            }
        }
        at = state;
        return NOT_YET;
    }

    /** Whether what was looked at ends within quotes. */
    boolean isQuoted() {
        return at == At.QUOTED;
    }

    /** The line in which the last quoted cell begins. */
    long quoteLine() {
        return quoteLine;
    }

    /** The line in which the record begins. */
    long firstLine() {
        return firstLine;
    }
}
