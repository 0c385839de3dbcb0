package io.gradstream.pipeline.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line, and the main class of the jar for a cluster. */
@Command(
        name = "gradstream",
        description = "Models that never stop training, inside an ordinary Flink job.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        scope = ScopeType.INHERIT,
        sortOptions = false,
        subcommands = {
            RunCommand.class,
            ScoreCommand.class,
            ReplayCommand.class,
            ValidateCommand.class,
            InspectCommand.class,
            TransactionsCommand.class,
            CommandLine.HelpCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0: it worked", "1: it failed", "2: a wrong option, or a pipeline file with problems"})
public final class Gradstream {
    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Show the whole stack trace of an error.")
    private boolean verbose;

    private Gradstream() {}

    /** The command line; {@code more} are further subcommands. */
    public static CommandLine commandLine(Object... more) {
        Gradstream top = new Gradstream();
        CommandLine line = new CommandLine(top);
        for (Object command : more) {
            line.addSubcommand(command);
        }
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler(
                (failure, command, parsed) -> Failures.print(failure, top.verbose, command.getErr()));
        return line;
    }

    /** Runs one command. In a cluster's client a failure is thrown on, so that the client sees it. */
    public static void main(String[] arguments) {
        int code = commandLine().execute(arguments);
        if (code != 0) {
            System.exit(code);
        }
    }
}
