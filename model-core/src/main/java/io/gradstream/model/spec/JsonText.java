package io.gradstream.model.spec;

/** The characters inside a JSON text: UTF-8 (RFC 3629, no overlong forms, no surrogates) and escapes, one at a time. */
final class JsonText {
    private static final String ESCAPES = "\"\\/bfnrt";
    private static final String ESCAPED = "\"\\/\b\f\n\r\t";

    private JsonText() {}

    /** The escape or UTF-8 sequence at {@code at}: chars << 8 | bytes, or -1 if it is none. */
    static long step(byte[] json, int at, int end) {
        long character = character(json, at, end);
        return character < 0 ? -1 : (character >> 8 > 0xffff ? 2L : 1L) << 8 | character & 0xff;
    }

    /** The text between two positions that {@link #step} has accepted. */
    static String decode(byte[] json, int from, int to, int chars) {
        char[] text = new char[chars];
        int length = 0;
        for (int at = from; at < to; ) {
            long character = character(json, at, to);
            length += Character.toChars((int) (character >> 8), text, length);
            at += (int) character & 0xff;
        }
        return new String(text, 0, length);
    }

    /** Compares by code point two texts that {@link #step} has accepted, each up to its closing quote. */
    static int compare(byte[] json, int one, int other) {
        while (json[one] != '"' && json[other] != '"') {
            long a = character(json, one, json.length);
            long b = character(json, other, json.length);
            if (a >> 8 != b >> 8) {
                return Long.compare(a >> 8, b >> 8);
            }
            one += (int) a & 0xff;
            other += (int) b & 0xff;
        }
        return Boolean.compare(json[one] != '"', json[other] != '"');
    }

    /** Code point << 8 | bytes, or -1. */
    private static long character(byte[] json, int at, int end) {
        int first = json[at] & 0xff;
        if (first == '\\') {
            return escape(json, at, end);
        }
        if (first < 0x80) {
            return (long) first << 8 | 1;
        }
        int bytes = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
        if (first < 0xc2 || first > 0xf4 || at + bytes > end) {
            return -1;
        }
        int point = first & 0x7f >> bytes;
        for (int i = 1; i < bytes; i++) {
            if ((json[at + i] & 0xc0) != 0x80) {
                return -1;
            }
            point = point << 6 | json[at + i] & 0x3f;
        }
        boolean overlong = bytes == 3 && point < 0x800 || bytes == 4 && point < 0x10000;
        boolean surrogate = point >= 0xd800 && point <= 0xdfff;
        return overlong || surrogate || point > 0x10ffff ? -1 : (long) point << 8 | bytes;
    }

    private static long escape(byte[] json, int at, int end) {
        if (at + 1 >= end) {
            return -1;
        }
        if (json[at + 1] != 'u') {
            int which = ESCAPES.indexOf(json[at + 1]);
            return which < 0 ? -1 : (long) ESCAPED.charAt(which) << 8 | 2;
        }
        int high = hex(json, at + 2, end);
        if (high < 0xd800 || high > 0xdfff) {
            return high < 0 ? -1 : (long) high << 8 | 6;
        }
        boolean pair = high < 0xdc00 && at + 7 < end && json[at + 6] == '\\' && json[at + 7] == 'u';
        int low = pair ? hex(json, at + 8, end) : -1;
        return low < 0xdc00 || low > 0xdfff ? -1 : (long) Character.toCodePoint((char) high, (char) low) << 8 | 12;
    }

    private static int hex(byte[] json, int at, int end) {
        if (at + 4 > end) {
            return -1;
        }
        int value = 0;
        for (int i = at; i < at + 4; i++) {
            int digit = Character.digit((char) (json[i] & 0xff), 16);
            if (digit < 0 || json[i] < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }
}
