package io.gradstream.quickstart.panel;

/** Bold, dim and green by ANSI escapes, or nothing at all. */
final class Style {
    private static final char ESCAPE = '\u001b';
    private static final String RESET = ESCAPE + "[0m";

    private final boolean color;

    Style(boolean color) {
        this.color = color;
    }

    String bold(String text) {
        return wrap("[1m", text);
    }

    String dim(String text) {
        return wrap("[2m", text);
    }

    String green(String text) {
        return wrap("[32m", text);
    }

    /** The text's first {@code width} visible characters; an escape takes no room, and none stays open. */
    String cut(String text, int width) {
        StringBuilder cut = new StringBuilder();
        int visible = 0;
        int at = 0;
        while (at < text.length()) {
            if (text.charAt(at) == ESCAPE) {
                int end = text.indexOf('m', at) + 1;
                cut.append(text, at, end);
                at = end;
            } else if (visible < width) {
                cut.append(text.charAt(at++));
                visible++;
            } else {
                at++;
            }
        }
        return cut.toString();
    }

    private String wrap(String code, String text) {
        return color && !text.isEmpty() ? ESCAPE + code + text + RESET : text;
    }
}
