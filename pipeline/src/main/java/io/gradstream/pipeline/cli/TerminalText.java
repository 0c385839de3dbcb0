package io.gradstream.pipeline.cli;

import io.gradstream.model.spec.OneLine;
import java.util.stream.Collectors;

/** Lines for a terminal: names and values in them may come from files of others, whose control characters are shown and not obeyed. */
final class TerminalText {
    private TerminalText() {}

    /** The lines, each with its end. */
    static String of(String lines) {
        return lines.lines().map(line -> OneLine.escaped(line) + '\n').collect(Collectors.joining());
    }
}
