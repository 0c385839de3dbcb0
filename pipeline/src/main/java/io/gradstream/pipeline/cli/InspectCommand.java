package io.gradstream.pipeline.cli;

import io.gradstream.model.spec.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what a snapshot is. */
@Command(
        name = "inspect",
        description = "What a snapshot is, where it comes from, and what is in it.",
        footer = {
            "%nExamples:",
            "  gradstream inspect flights.safetensors",
            "  gradstream inspect model.safetensors --format json"
        })
final class InspectCommand implements Callable<Integer> {
    @Parameters(paramLabel = "SNAPSHOT", description = "A snapshot file (.safetensors).")
    private Path file;

    @Option(
            names = "--format",
            defaultValue = "table",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private PrintAs format;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (Files.isDirectory(file)) {
            throw new IOException(file + ": is a folder; a snapshot file was wanted");
        }
        SnapshotText text = SnapshotText.of(Files.readAllBytes(file));
        PrintWriter out = spec.commandLine().getOut();
        out.print(format == PrintAs.JSON ? Json.write(text.tree()) + "\n" : text.table());
        out.flush();
        return 0;
    }
}
