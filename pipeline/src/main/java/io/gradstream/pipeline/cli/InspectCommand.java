package io.gradstream.pipeline.cli;

import io.gradstream.connectors.kafka.SnapshotFollower;
import io.gradstream.connectors.kafka.SnapshotTopicException;
import io.gradstream.model.snapshots.SnapshotException;
import io.gradstream.model.spec.Json;
import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.config.PipelineException;
import io.gradstream.pipeline.config.PipelineFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what a snapshot is. */
@Command(
        name = "inspect",
        description = "What a snapshot is, where it comes from, and what is in it.",
        footer = {
            "%nExamples:",
            "  gradstream inspect flights.safetensors",
            "  gradstream inspect model.safetensors --format json",
            "  gradstream inspect clicks.yaml --save clicks.safetensors   # the newest that its job has published"
        })
final class InspectCommand implements Callable<Integer> {
    /** The longest array that every JVM has. */
    private static final int LARGEST = Integer.MAX_VALUE - 8;

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Parameters(
            paramLabel = "SNAPSHOT",
            description =
                    "A snapshot file (.safetensors), or a pipeline's file (.yaml, .yml), which stands for the newest"
                            + " snapshot in its topic.")
    private Path file;

    @Option(
            names = "--save",
            paramLabel = "FILE",
            description =
                    "Write the newest snapshot of the pipeline's topic into this file, to keep it or to begin with"
                            + " it (start-from: FILE).")
    private Path save;

    @Option(
            names = "--format",
            defaultValue = "table",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private PrintAs format;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        boolean pipeline = file.toString().toLowerCase(Locale.ROOT).matches(".*\\.ya?ml");
        if (save != null && !pipeline) {
            throw new ParameterException(
                    spec.commandLine(), "--save is for a snapshot of a topic: name the pipeline's .yaml, not " + file);
        }
        if (save != null && Files.exists(save) && Files.isSameFile(save, file)) {
            throw new ParameterException(spec.commandLine(), "--save would write over the pipeline's file " + file);
        }
        byte[] bytes = pipeline ? newest(PipelineFile.load(file).pipeline()) : bytes();
        SnapshotText text = text(bytes);
        if (save != null) {
            write(bytes);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(TerminalText.of(format == PrintAs.JSON ? Json.write(text.tree()) : text.table()));
        out.flush();
        return 0;
    }

    private SnapshotText text(byte[] bytes) throws IOException {
        try {
            return SnapshotText.of(bytes);
        } catch (SnapshotException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /** Beside it first, so that a full disk leaves what was saved before. */
    private void write(byte[] bytes) throws IOException {
        Path part = save.resolveSibling(save.getFileName() + ".part");
        try {
            Files.write(part, bytes);
            Files.move(part, save, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private byte[] bytes() throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(file + ": is a folder; a snapshot file was wanted");
        }
        if (Files.size(file) > LARGEST) {
            throw new IOException(file + ": has " + Files.size(file) + " bytes; a snapshot has at most " + LARGEST);
        }
        return Files.readAllBytes(file);
    }

    private byte[] newest(Pipeline pipeline) throws IOException, SnapshotTopicException {
        String topic = pipeline.outputs().snapshots();
        if (topic == null) {
            throw new PipelineException(
                    List.of(file + ": output.snapshots: is not there, so its job publishes no snapshots"));
        }
        return SnapshotFollower.latest(pipeline.kafka(), topic, pipeline.name(), PATIENCE)
                .orElseThrow(() -> new IOException("Snapshots topic '" + topic + "' holds no snapshot of model '"
                        + pipeline.name() + "' yet. Is its job running, and has it made enough steps?"))
                .bytes();
    }
}
