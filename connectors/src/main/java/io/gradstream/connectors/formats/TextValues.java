package io.gradstream.connectors.formats;

/** Sets columns from values that came as text. */
final class TextValues {

    private TextValues() {}

    /** Reads text as the wanted type. Empty text is missing. */
    static void set(FieldTree.Use use, byte[] bytes, int at, int length, FieldValues into) throws UndecodableException {
        if (length == 0) {
            return;
        }
        switch (use.type()) {
            case NUMBER -> into.setNumber(use.column(), NumberText.read(bytes, at, length));
            case TIME -> into.setTime(use.column(), TimeText.read(bytes, at, length));
            case BOOLEAN -> into.setFlag(use.column(), Words.readFlag(bytes, at, length));
            case TEXT -> setText(use.column(), bytes, at, length, into);
            case NUMBERS -> setList(use.column(), bytes, at, length, into);
        }
    }

    /** Numbers between spaces, commas or semicolons; brackets around them are passed over. */
    private static void setList(int column, byte[] bytes, int at, int length, FieldValues into)
            throws UndecodableException {
        into.startList(column);
        int end = at + length;
        int from = at;
        for (int i = at; i <= end; i++) {
            if (i < end && !isBetweenNumbers(bytes[i])) {
                continue;
            }
            if (i > from) {
                into.addToList(column, NumberText.read(bytes, from, i - from));
            }
            from = i + 1;
        }
    }

    private static boolean isBetweenNumbers(byte b) {
        return b == ' ' || b == ',' || b == ';' || b == '[' || b == ']' || b == '\t' || b == '\n';
    }

    /** Sets text after a check that it is UTF-8. */
    static void setText(int column, byte[] bytes, int at, int length, FieldValues into) throws UndecodableException {
        if (!Utf8.isValid(bytes, at, length)) {
            throw new UndecodableException("is not UTF-8 text: " + Excerpt.quoted(bytes, at, length));
        }
        into.setText(column, bytes, at, length);
    }
}
