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
        return '"' + plain(text, SHOWN) + '"' + (length > BYTES || isLong(text) ? "…" : "");
    }

    /** A name from a file. */
    static String name(String name) {
        return plain(name, SHOWN) + (isLong(name) ? "…" : "");
    }

    private static boolean isLong(String text) {
        return text.length() > SHOWN || text.codePoints().map(Excerpt::width).sum() > SHOWN;
    }

    /** The first characters of a text, control characters as {@code \\u001b}; that many are shown at most. */
    static String plain(String text, int most) {
        StringBuilder out = new StringBuilder();
        int left = most;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            left -= width(c);
            if (left < 0) {
                break;
            }
            if (Character.isISOControl(c)) {
                out.append(String.format("\\u%04x", c));
            } else {
                out.appendCodePoint(c);
            }
        }
        return out.toString();
    }

    private static int width(int c) {
        return Character.isISOControl(c) ? 6 : 1;
    }
}
