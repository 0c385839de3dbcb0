package io.gradstream.quickstart;

import io.gradstream.pipeline.cli.Gradstream;

/** The laptop's command line: that of the cluster's jar, and the quickstart. */
public final class Main {
    private Main() {}

    /** Ends the process with the command's exit code. */
    public static void main(String[] arguments) {
        System.exit(Gradstream.commandLine(new QuickstartCommand()).execute(arguments));
    }
}
