package io.gradstream.connectors.formats;

/** What a field is read as. */
public enum FieldType {
    /** A double; whole numbers beyond 2^53 are rounded to the nearest one. */
    NUMBER("a number"),
    /** UTF-8 text. Whole numbers are read as they are written. */
    TEXT("text"),
    /** True or false; also 1 and 0. */
    BOOLEAN("true or false"),
    /** A moment, as milliseconds since 1970-01-01T00:00Z. */
    TIME("a time"),
    /** A list of numbers; lists of lists are read one after another. Bytes are numbers from 0 to 255. */
    NUMBERS("a list of numbers");

    private final String wanted;

    FieldType(String wanted) {
        this.wanted = wanted;
    }

    /** The type as a sentence about a value names it: "a number". */
    String wanted() {
        return wanted;
    }
}
