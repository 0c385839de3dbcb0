package io.gradstream.pipeline.cli;

import io.gradstream.pipeline.config.PipelineException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.ExitCode;

/** Errors as lines for a person. */
final class Failures {
    private Failures() {}

    /** Prints a failure and gives the exit code. */
    static int print(Exception failure, boolean verbose, PrintWriter err) {
        if (failure instanceof PipelineException pipeline) {
            pipeline.problems().forEach(err::println);
        } else {
            err.println(reason(failure));
        }
        if (verbose) {
            failure.printStackTrace(err);
        }
        err.flush();
        return failure instanceof PipelineException ? ExitCode.USAGE : ExitCode.SOFTWARE;
    }

    /** The messages from the outermost to the root cause, each once. */
    static String reason(Throwable failure) {
        Set<String> messages = new LinkedHashSet<>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            boolean wrapper = cause instanceof ExecutionException || cause instanceof CompletionException;
            if (!wrapper) {
                messages.add(message(cause));
            }
        }
        return String.join(System.lineSeparator() + "  because: ", messages);
    }

    /** What a file's exception leaves to its class is said. */
    private static String message(Throwable cause) {
        if (cause instanceof NoSuchFileException missing) {
            return missing.getFile() + ": there is no such file";
        }
        if (cause instanceof AccessDeniedException denied) {
            return denied.getFile() + ": this user may not read or write it";
        }
        if (cause instanceof FileAlreadyExistsException there && there.getReason() == null) {
            return there.getFile() + ": is there already, and is no folder";
        }
        return cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
    }
}
