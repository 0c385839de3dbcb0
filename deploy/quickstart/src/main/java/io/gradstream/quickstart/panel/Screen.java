package io.gradstream.quickstart.panel;

import java.io.PrintStream;
import java.util.List;

/**
 * Where the panel goes. On a terminal it stays in place: each {@link #show} goes up over the last one. Elsewhere every
 * {@code show} is one line of text.
 */
public final class Screen implements AutoCloseable {
    private static final String UP = "\u001b[%dA\r";
    private static final String CLEAR_REST_OF_LINE = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";
    private static final String HIDE_CURSOR = "\u001b[?25l";
    private static final String SHOW_CURSOR = "\u001b[?25h";

    private final PrintStream out;
    private final PanelText text;
    private final boolean inPlace;
    private int height;

    /**
     * @param out the terminal or file
     * @param inPlace whether {@code out} understands ANSI escapes
     */
    public Screen(PrintStream out, PanelText text, boolean inPlace) {
        this.out = out;
        this.text = text;
        this.inPlace = inPlace;
    }

    /** Shows a state instead of the last one. */
    public synchronized void show(PanelState state) {
        if (!inPlace) {
            out.println(text.line(state));
            out.flush();
            return;
        }
        StringBuilder frame = new StringBuilder();
        frame.append(height == 0 ? HIDE_CURSOR : UP.formatted(height));
        List<String> lines = text.panel(state);
        for (String line : lines) {
            frame.append(line).append(CLEAR_REST_OF_LINE).append('\n');
        }
        frame.append(CLEAR_BELOW);
        height = lines.size();
        out.print(frame);
        out.flush();
    }

    /** Prints lines that stay; the panel, if one is shown, is left above them. */
    public synchronized void say(String... lines) {
        close();
        for (String line : lines) {
            out.println(line);
        }
        out.flush();
    }

    /** Whether the panel is repainted in place. */
    public boolean isInPlace() {
        return inPlace;
    }

    /** Leaves the last panel where it is and gives the cursor back. */
    @Override
    public synchronized void close() {
        if (inPlace && height > 0) {
            out.print(SHOW_CURSOR);
            out.flush();
            height = 0;
        }
    }
}
