package io.gradstream.pipeline.cli;

import io.gradstream.pipeline.config.PipelineException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.flink.runtime.JobException;
import org.apache.flink.runtime.checkpoint.CheckpointFailureManager;
import org.apache.flink.runtime.client.JobExecutionException;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.throwable.ThrowableClassifier;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.apache.flink.streaming.runtime.tasks.ExceptionInChainedOperatorException;
import picocli.CommandLine.ExitCode;

/** Errors as lines for a person. */
final class Failures {
    private static final String TOO_MANY = CheckpointFailureManager.EXCEEDED_CHECKPOINT_TOLERABLE_FAILURE_MESSAGE;

    private Failures() {}

    /** Prints a failure and gives the exit code. */
    static int print(Exception failure, boolean verbose, PrintWriter err) {
        err.print(TerminalText.of(text(failure)));
        if (verbose) {
            failure.printStackTrace(err);
        }
        err.flush();
        return failure instanceof PipelineException ? ExitCode.USAGE : ExitCode.SOFTWARE;
    }

    /** The lines: each problem of a pipeline, else why it failed. */
    static String text(Exception failure) {
        return failure instanceof PipelineException pipeline
                ? String.join(System.lineSeparator(), pipeline.problems())
                : ending(failure).map(Throwable::getMessage).orElseGet(() -> reason(failure));
    }

    /** What ended a job that Flink was told not to restart: its own message says all. */
    private static Optional<Throwable> ending(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            boolean ending = ThrowableClassifier.getThrowableType(cause) == ThrowableType.NonRecoverableError;
            if (ending && !(cause instanceof SuppressRestartsException)) {
                return Optional.of(cause);
            }
        }
        return Optional.empty();
    }

    /** The messages from the outermost to the root cause, each once, without those of Flink that only say that something failed. */
    static String reason(Throwable failure) {
        Set<String> messages = new LinkedHashSet<>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = message(cause);
            if (!isWrapper(cause) && messages.stream().noneMatch(said -> said.endsWith(message))) {
                messages.add(message);
            }
        }
        return String.join(System.lineSeparator() + "  because: ", messages);
    }

    private static boolean isWrapper(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return failure.getCause() != null
                && (failure instanceof ExecutionException
                        || failure instanceof CompletionException
                        || failure instanceof JobExecutionException
                        || failure instanceof JobException
                        || failure instanceof ExceptionInChainedOperatorException
                        || message.equals("One or more fetchers have encountered exception")
                        || message.startsWith("SplitFetcher thread "));
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
        if (String.valueOf(cause.getMessage()).startsWith(TOO_MANY)) {
            return checkpoints(cause.getMessage());
        }
        return cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
    }

    /** Flink's own sentence sends its reader to a web page that has ended with the job. */
    private static String checkpoints(String message) {
        String latest = message.replaceFirst(".* failed due to (.*?)[.,]*, view the Checkpoint History tab.*", "$1");
        return "Too many checkpoints in a row have failed, so the job has ended; the latest: " + latest
                + ". Is the folder of the checkpoints there, can it be written, and is its disk not full? The log says more.";
    }
}
