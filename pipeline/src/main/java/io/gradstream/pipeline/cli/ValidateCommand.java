package io.gradstream.pipeline.cli;

import io.gradstream.model.ModelSpec;
import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.config.PipelineFile;
import io.gradstream.pipeline.config.SnapshotLimit;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Finds all that can be wrong before anything starts. */
@Command(
        name = "validate",
        description =
                "Find everything that can be wrong with a pipeline file, and show what it means. Nothing is started or made.",
        footer = {"%nExamples:", "  gradstream validate clicks.yaml", "  gradstream validate clicks.yaml --offline"})
final class ValidateCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PIPELINE", description = "The pipeline's YAML file.")
    private Path file;

    @Option(
            names = "--offline",
            description = "Do not ask Kafka whether brokers, topics and transactions are in order.")
    private boolean offline;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Pipeline pipeline = (offline ? PipelineFile.loadWithoutKafka(file) : PipelineFile.load(file)).pipeline();
        if (!offline) {
            KafkaStart.check(pipeline);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(describe(pipeline));
        out.flush();
        SnapshotLimit.warning(pipeline.model(), pipeline.guard())
                .ifPresent(warning -> spec.commandLine().getErr().println("warning: " + warning));
        return 0;
    }

    private static String describe(Pipeline pipeline) {
        ModelSpec model = pipeline.model();
        StringBuilder text = new StringBuilder("ok: pipeline '" + pipeline.name() + "'\n\n");
        row(text, "events", String.join(", ", pipeline.events().topics()));
        row(
                text,
                "labels",
                pipeline.labelInEvent()
                        ? "in the event"
                        : String.join(", ", pipeline.labels().input().topics()));
        row(text, "order", pipeline.order().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        row(
                text,
                "delivery",
                pipeline.outputs().delivery().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        row(text, "spec hash", model.hash());
        return text.append('\n').append(ModelText.of(model)).toString();
    }

    private static void row(StringBuilder text, String name, String value) {
        text.append(String.format(Locale.ROOT, "%-22s %s%n", name, value));
    }
}
