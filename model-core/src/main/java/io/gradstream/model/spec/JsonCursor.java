package io.gradstream.model.spec;

import java.nio.charset.StandardCharsets;

/**
 * Walks over JSON in UTF-8 bytes and checks it on the way; makes no objects but those that are asked for. For headers of foreign files,
 * which may be built to blow up; everything else reads with {@link Json}.
 */
public final class JsonCursor {
    private static final int LONGEST_NUMBER = 1000;

    private final byte[] json;
    private final int end;
    private int at;

    // Of the text passed last: its first byte, the byte of its closing quote, its length in chars, whether it is plain
    // ASCII.
    private int textAt;
    private int textEnd;
    private int textChars;
    private boolean textPlain;

    /** Starts at byte {@code from}; never looks at byte {@code to} and further. */
    public JsonCursor(byte[] json, int from, int to) {
        this.json = json;
        this.at = from;
        this.end = to;
    }

    /** The byte it stands before. */
    public int position() {
        return at;
    }

    /** Goes back, or on, to a position it had. */
    public void position(int position) {
        at = position;
    }

    /** The next byte that is no white space, not taken; 0 at the end. */
    public int peek() {
        while (at < end && (json[at] == ' ' || json[at] == '\n' || json[at] == '\r' || json[at] == '\t')) {
            at++;
        }
        return at < end ? json[at] & 0xff : 0;
    }

    /** Takes the next character if it is this one. */
    public boolean takes(char wanted) {
        boolean there = peek() == wanted;
        at += there ? 1 : 0;
        return there;
    }

    /** Takes this character, which must be the next. */
    public void take(char wanted) {
        if (!takes(wanted)) {
            throw unexpected("'" + wanted + "'");
        }
    }

    /** Takes this word, which must be the next. */
    public void word(String wanted) {
        peek();
        for (int i = 0; i < wanted.length(); i++) {
            if (at + i >= end || json[at + i] != wanted.charAt(i)) {
                throw unexpected("a value");
            }
        }
        at += wanted.length();
    }

    /** Makes sure that only white space is left. */
    public void end() {
        if (peek() != 0 || at < end) {
            throw unexpected("the end");
        }
    }

    /** Takes a text. */
    public String text() {
        skipText();
        return passedText();
    }

    /** Whether the text passed last is this ASCII word; makes no object. A word with escapes is not recognised. */
    public boolean passed(String word) {
        if (!textPlain || textEnd - textAt != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (json[textAt + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The text passed last. */
    public String passedText() {
        return textPlain
                ? new String(json, textAt, textEnd - textAt, StandardCharsets.ISO_8859_1)
                : JsonText.decode(json, textAt, textEnd, textChars);
    }

    /**
     * Compares, by code point, two texts that were passed before; each is given by the position of its first quote. Makes no object.
     */
    public int compareTexts(int oneAt, int otherAt) {
        return JsonText.compare(json, oneAt + 1, otherAt + 1);
    }

    /** Takes a text without making an object of it. */
    public void skipText() {
        if (peek() != '"') {
            throw unexpected("a text");
        }
        at++;
        textAt = at;
        textChars = 0;
        textPlain = true;
        while (at < end && json[at] != '"') {
            int first = json[at] & 0xff;
            if (first < 0x20) {
                throw problem("a control character must be escaped in a text");
            }
            if (first < 0x80 && first != '\\') {
                at++;
                textChars++;
            } else {
                textPlain = false;
                long step = JsonText.step(json, at, end);
                if (step < 0) {
                    throw problem(first == '\\' ? "no such escape in a text" : "a text is not valid UTF-8");
                }
                at += (int) step & 0xff;
                textChars += (int) (step >> 8);
            }
        }
        if (at >= end) {
            throw problem("a text is not closed");
        }
        textEnd = at++;
    }

    /** Takes a number: a Long if it has neither fraction nor exponent, else a Double. */
    public Number number() {
        peek();
        int from = at;
        boolean whole = skipNumber();
        if (at - from > LONGEST_NUMBER) {
            throw problem("a number has more than " + LONGEST_NUMBER + " characters");
        }
        String text = new String(json, from, at - from, StandardCharsets.ISO_8859_1);
        if (whole) {
            try {
                return Long.valueOf(text);
            } catch (NumberFormatException tooLarge) {
                throw problem("the whole number " + Wording.shortened(text) + " does not fit in 64 bits");
            }
        }
        double value = Double.parseDouble(text);
        if (Double.isInfinite(value)) {
            throw problem("the number " + Wording.shortened(text) + " is too large");
        }
        return value;
    }

    /** Takes a whole number from 0 to {@code max} without making an object. */
    public long count(long max) {
        peek();
        int from = at;
        if (!skipNumber() || json[from] == '-') {
            throw problem("wanted a whole number, 0 or more");
        }
        long value = 0;
        for (int i = from; i < at; i++) {
            int digit = json[i] - '0';
            if (value > (max - digit) / 10) {
                throw problem("a number is above " + max);
            }
            value = 10 * value + digit;
        }
        return value;
    }

    private boolean skipNumber() {
        if (at < end && json[at] == '-') {
            at++;
        }
        if (at < end && json[at] == '0') {
            at++;
        } else {
            digits();
        }
        boolean whole = true;
        if (at < end && json[at] == '.') {
            at++;
            digits();
            whole = false;
        }
        if (at < end && (json[at] == 'e' || json[at] == 'E')) {
            at++;
            if (at < end && (json[at] == '+' || json[at] == '-')) {
                at++;
            }
            digits();
            whole = false;
        }
        return whole;
    }

    private void digits() {
        int from = at;
        while (at < end && json[at] >= '0' && json[at] <= '9') {
            at++;
        }
        if (at == from) {
            throw unexpected("a digit");
        }
    }

    /** The problem that what stands here is not what was wanted, to be thrown. */
    public JsonException unexpected(String wanted) {
        String got = "the end";
        if (at < end) {
            int b = json[at] & 0xff;
            got = b > 0x20 && b < 0x7f ? "'" + (char) b + "'" : "the byte " + b;
        }
        return problem("wanted " + wanted + ", got " + got);
    }

    /** A problem at this place, to be thrown. */
    public JsonException problem(String what) {
        return new JsonException("at byte " + at + ": " + what);
    }
}
