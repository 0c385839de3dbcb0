package io.gradstream.connectors.formats;

import java.nio.charset.StandardCharsets;

/** How a value is shown in a message: quoted, short, and in one line. */
final class Excerpt {

    private static final int SHOWN = 40;
    private static final int BYTES = 4 * SHOWN;

    private Excerpt() {}

    /** UTF-8 text in quotes. */
    static String quoted(byte[] bytes, int at, int length) {
        String text = new String(bytes, at, Math.min(length, BYTES), StandardCharsets.UTF_8);
        return '"' + plain(text, SHOWN) + '"' + (length > BYTES || text.length() > SHOWN ? "…" : "");
    }

    /** The first characters of a text, control characters as question marks. */
    static String plain(String text, int shown) {
        StringBuilder out = new StringBuilder();
        text.codePoints()
                .limit(shown)
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .forEach(out::appendCodePoint);
        return out.toString();
    }
}
