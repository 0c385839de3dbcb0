package io.gradstream.benchmarks.data;

import io.gradstream.pipeline.config.PipelineFile;
import io.gradstream.pipeline.jobs.ReplayJob;
import io.gradstream.pipeline.replay.ReplayResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The quickstart's pipeline over its file, with its own or another model; each outcome is known when the flight has landed. */
final class FlightsReplay {
    private static final Path QUICKSTART = Path.of("deploy", "quickstart");
    /** What the model of {@code flights.yaml} comes to. */
    private static final double MAIN = 0.756;

    private FlightsReplay() {}

    /** @param model the YAML of another model; null = the pipeline's own */
    static Figure of(String model) throws Exception {
        Path folder = Files.createTempDirectory("flights");
        try {
            for (String schema : List.of("flight.avsc", "arrival.avsc")) {
                Files.copy(QUICKSTART.resolve(schema), folder.resolve(schema));
            }
            String yaml = Files.readString(QUICKSTART.resolve("flights.yaml"));
            Path pipeline = folder.resolve("flights.yaml");
            Files.writeString(pipeline, model == null ? yaml : withModel(yaml, model));
            StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment();
            ReplayJob.build(
                    env,
                    PipelineFile.loadWithoutKafka(pipeline).pipeline(),
                    QUICKSTART.resolve("data/flights-2001h1-6hubs.csv.gz"),
                    folder);
            env.execute("flights");
            double auc = ReplayResult.read(folder).metrics().get("auc");
            return new Figure("AUC; " + (model == null ? "flights.yaml" : "flights.yaml with " + model), auc, MAIN);
        } finally {
            delete(folder);
        }
    }

    private static String withModel(String yaml, String model) {
        String other = yaml.replaceFirst("(?m)^model: .*$", "model: " + model);
        if (other.equals(yaml)) {
            throw new IllegalStateException(
                    "flights.yaml: wanted one line 'model: …' to put another model in, came none");
        }
        return other;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
