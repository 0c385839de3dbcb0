package io.gradstream.pipeline.cli;

import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

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

    private Exception failure;

    private Gradstream() {}

    /** The command line; {@code more} are further subcommands. */
    public static CommandLine commandLine(Object... more) {
        Gradstream top = new Gradstream();
        CommandLine line = new CommandLine(top);
        for (Object command : more) {
            line.addSubcommand(command);
        }
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.registerConverter(Path.class, Gradstream::path);
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            top.failure = failure;
            return Failures.print(failure, top.verbose, command.getErr());
        });
        return line;
    }

    /** An empty path, such as that of a variable that is not set, would be the folder at hand. */
    private static Path path(String text) {
        if (text.isBlank()) {
            throw new TypeConversionException("wanted the name of a file or folder, was empty");
        }
        return Path.of(text);
    }

    /** Runs one command. What Flink runs throws, so that a JobManager goes on and the client sees why; a process of its own exits. */
    public static void main(String[] arguments) {
        CommandLine line = commandLine();
        int code = line.execute(arguments);
        if (code == 0) {
            return;
        }
        if (LocalRun.isHere()) {
            System.exit(code);
        }
        Exception failure = line.<Gradstream>getCommand().failure;
        throw new IllegalStateException(
                failure == null ? "wrong options: gradstream " + String.join(" ", arguments) : Failures.text(failure),
                failure);
    }
}
