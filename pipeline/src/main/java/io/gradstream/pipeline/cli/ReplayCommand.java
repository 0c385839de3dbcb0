package io.gradstream.pipeline.cli;

import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.config.Pipeline.StartFrom;
import io.gradstream.pipeline.config.PipelineException;
import io.gradstream.pipeline.config.PipelineFile;
import io.gradstream.pipeline.config.Replay;
import io.gradstream.pipeline.jobs.ReplayJob;
import io.gradstream.pipeline.replay.ReplayFolder;
import io.gradstream.pipeline.replay.ReplayResult;
import io.gradstream.pipeline.replay.Replays;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The main job over a file. */
@Command(
        name = "replay",
        description = {
            "The same job over a CSV file, without a broker: each row is scored, and its label becomes known when it really would"
                    + " have (replay.known-at or replay.delay in the pipeline file, or the options here).",
            "Writes predictions.csv, dead-letters.csv, evaluation.json and model.safetensors to the output folder."
        },
        footer = {
            "%nExamples:",
            "  gradstream replay clicks.yaml --input history.csv.gz",
            "  gradstream replay clicks.yaml --input history.csv --delay 2h --format json"
        })
final class ReplayCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PIPELINE", description = "The pipeline's YAML file.")
    private Path file;

    @Option(
            names = "--input",
            required = true,
            paramLabel = "FILE",
            description = "CSV with a header line; .gz is read as it is. Columns are named as the pipeline's fields.")
    private Path input;

    @Option(names = "--output", paramLabel = "DIR", description = "Where results go (default: ./replay-NAME).")
    private Path output;

    @Option(
            names = "--format",
            defaultValue = "table",
            description = "How the evaluation is printed: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private PrintAs format;

    @Option(
            names = "--delay",
            paramLabel = "DELAY",
            description =
                    "When labels became known: a duration after the event (2h), or a number of events later (100).")
    private String delay;

    @Option(
            names = "--known-at",
            paramLabel = "FIELD",
            description = "When labels became known: a field with the time.")
    private String knownAt;

    @Option(
            names = "--delimiter",
            paramLabel = "CHAR",
            description =
                    "What is between the file's cells, \\t for a tab (default: as in the pipeline's own format if it is"
                            + " CSV, else a comma).")
    private String delimiter;

    @Spec
    private CommandSpec spec;

    private Pipeline asAsked(Pipeline pipeline) {
        if (delay != null && knownAt != null) {
            throw new ParameterException(spec.commandLine(), "--delay and --known-at exclude each other");
        }
        if (delay == null && knownAt == null) {
            return pipeline;
        }
        try {
            return pipeline.replaying(delay == null ? Replay.knownAt(knownAt) : Replay.delayed(delay));
        } catch (IllegalArgumentException e) {
            String option = delay == null ? "--known-at: " : "--delay: ";
            throw new ParameterException(spec.commandLine(), option + e.getMessage(), e);
        }
    }

    private char delimiter(Pipeline pipeline) {
        if (delimiter == null) {
            return Replays.delimiter(pipeline);
        }
        String one = delimiter.equals("\\t") ? "\t" : delimiter;
        if (one.length() != 1 || one.charAt(0) > 127 || "\"\r\n".contains(one)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--delimiter: wanted one ASCII character other than a quote or the end of a line, was \""
                            + delimiter + "\"");
        }
        return one.charAt(0);
    }

    @Override
    public Integer call() throws Exception {
        PipelineFile read = PipelineFile.loadWithoutKafka(file);
        Pipeline pipeline = asAsked(read.pipeline());
        if (pipeline.startFrom() instanceof StartFrom.Topic) {
            throw new PipelineException(
                    List.of(file + ": start-from: a replay asks no broker, so topic cannot be; name a"
                            + " snapshot file, or begin from scratch"));
        }
        Path folder = output == null ? Path.of("replay-" + pipeline.name()) : output;
        if (pipeline.startFrom() instanceof StartFrom.Snapshot model) {
            String key = read.spec().initialWeights().isPresent() ? "initial-weights.file" : "start-from";
            ReplayFolder.refuse(key, file.toAbsolutePath().resolveSibling(model.file()), folder);
        }
        StreamExecutionEnvironment env = LocalRun.once();
        ReplayJob.build(env, pipeline, input, delimiter(pipeline), folder);
        env.execute(pipeline.name() + " (replay)");
        ReplayResult result = ReplayResult.read(folder);
        PrintWriter out = spec.commandLine().getOut();
        out.print(
                format == PrintAs.JSON
                        ? Files.readString(folder.resolve(ReplayResult.EVALUATION))
                        : ReplayText.of(result));
        out.flush();
        return 0;
    }
}
