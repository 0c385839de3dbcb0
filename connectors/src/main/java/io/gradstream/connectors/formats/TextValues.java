package io.gradstream.connectors.formats;

/** Sets columns from values that came as text. */
final class TextValues {

    private TextValues() {}

    /** Reads text as the wanted type. Empty text is missing. */
    static void set(UsedFields.Use use, byte[] bytes, int at, int length, FieldValues into)
            throws UndecodableException {
        if (length == 0) {
            return;
        }
        switch (use.type()) {
            case NUMBER -> into.setNumber(use.column(), NumberText.read(bytes, at, length));
            case TIME -> into.setTime(use.column(), TimeText.read(bytes, at, length));
            case BOOLEAN -> into.setFlag(use.column(), Words.readFlag(bytes, at, length));
            case TEXT -> setText(use.column(), bytes, at, length, into);
        }
    }

    /** Sets text after a check that it is UTF-8. */
    static void setText(int column, byte[] bytes, int at, int length, FieldValues into) throws UndecodableException {
        if (!Utf8.isValid(bytes, at, length)) {
            throw new UndecodableException("is not UTF-8 text: " + Excerpt.quoted(bytes, at, length));
        }
        into.setText(column, bytes, at, length);
    }
}
