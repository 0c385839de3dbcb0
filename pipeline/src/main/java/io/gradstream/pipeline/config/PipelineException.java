package io.gradstream.pipeline.config;

import java.util.List;

/** A pipeline that cannot run: its message has one line per problem. */
public final class PipelineException extends RuntimeException {

    private final List<String> problems;

    /** @param problems one line each, with the file's name, line and key where there is one */
    public PipelineException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    /** One line each. */
    public List<String> problems() {
        return problems;
    }
}
