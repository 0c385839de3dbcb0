package io.gradstream.model.spec;

/** Text of others as messages and tables show it: nothing in it breaks a line, moves a terminal's cursor or fills the screen. */
public final class OneLine {
    private OneLine() {}

    /** Each control character, and each end of a line, as {@code \\u001b}. */
    public static String escaped(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                shown.append(String.format("\\u%04x", (int) c));
            } else {
                shown.append(c);
            }
        }
        return shown.toString();
    }

    /** At most so many characters of a text, with "..." at the end if there are more, escaped. */
    public static String shortened(String text, int most) {
        return text.length() <= most ? escaped(text) : escaped(text.substring(0, most - 3)) + "...";
    }
}
