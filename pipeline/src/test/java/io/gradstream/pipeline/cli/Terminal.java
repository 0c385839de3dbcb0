package io.gradstream.pipeline.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** The command line as its user sees it: exit codes, and what all commands so far have printed. */
final class Terminal {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** Runs a command to its end and gives its exit code. */
    int run(String... arguments) {
        return Gradstream.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    void clear() {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
    }
}
