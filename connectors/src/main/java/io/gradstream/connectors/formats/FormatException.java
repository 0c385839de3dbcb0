package io.gradstream.connectors.formats;

import java.util.List;

/** Settings and used fields that do not fit each other, found before anything starts. */
public final class FormatException extends Exception {

    private static final long serialVersionUID = 1;

    private final List<String> problems;

    /** @param problems at least one, each one plain sentence */
    public FormatException(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** @param problem one plain sentence */
    public FormatException(String problem) {
        this(List.of(problem));
    }

    /** Everything that is wrong, each one plain sentence. */
    public List<String> problems() {
        return problems;
    }
}
