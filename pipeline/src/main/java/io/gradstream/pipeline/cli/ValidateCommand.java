package io.gradstream.pipeline.cli;

import io.gradstream.model.Memory;
import io.gradstream.model.ModelSpec;
import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.config.PipelineFile;
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
            KafkaStart.check(pipeline, false);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(describe(pipeline));
        out.flush();
        return 0;
    }

    private static String describe(Pipeline pipeline) {
        ModelSpec model = pipeline.model();
        Memory memory = Memory.of(model);
        StringBuilder text = new StringBuilder("ok: pipeline '" + pipeline.name() + "'\n\n");
        row(text, "events", String.join(", ", pipeline.events().topics()));
        row(
                text,
                "labels",
                pipeline.labelInEvent()
                        ? "in the event"
                        : String.join(", ", pipeline.labels().topics()));
        row(text, "order", pipeline.order().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        row(
                text,
                "delivery",
                pipeline.delivery().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        row(
                text,
                "inputs",
                model.layout().numbers() + " numbers, " + model.layout().ids() + " categories");
        row(text, "layers", Integer.toString(model.layers().size()));
        row(text, "spec hash", model.hash());
        text.append("\nmemory of the model\n");
        row(text, "  weights, statistics", bytes(memory.parameters()));
        row(text, "  optimizer", bytes(memory.optimizer()));
        row(text, "  gradients", bytes(memory.gradients()));
        row(text, "  buffers", bytes(memory.buffers()));
        row(text, "  embeddings, at most", bytes(memory.sparseAtMost()));
        return text.toString();
    }

    private static void row(StringBuilder text, String name, String value) {
        text.append(String.format(Locale.ROOT, "%-22s %s%n", name, value));
    }

    private static String bytes(long count) {
        return count < 1 << 20
                ? String.format(Locale.ROOT, "%.1f KiB", count / 1024.0)
                : String.format(Locale.ROOT, "%.1f MiB", count / 1048576.0);
    }
}
