package io.gradstream.pipeline.cli;

import io.gradstream.broker.EmbeddedBroker;
import io.gradstream.testing.TestTopics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.flink.runtime.minicluster.MiniCluster;

/** A pipeline that {@code run} or {@code score} runs on this machine, again and again with the checkpoints of one folder. */
final class LocalJob {
    private final Path file;
    private final Path checkpoints;

    /** @param file the pipeline's */
    LocalJob(Path file, Path checkpoints) {
        this.file = file;
        this.checkpoints = checkpoints;
    }

    /**
     * How a command ended.
     *
     * @param said to the user, beside what it prints
     */
    record Ended(int code, String said) {}

    /** Runs a command to its end. */
    Ended run(String command) {
        Terminal terminal = new Terminal();
        int code = terminal.run(command, file.toString(), "--checkpoints", checkpoints.toString());
        return new Ended(code, terminal.err());
    }

    /** Starts a command. */
    CompletableFuture<Ended> start(String command) {
        return CompletableFuture.supplyAsync(() -> run(command));
    }

    /** Ends what was started as Ctrl-C would, without a savepoint. */
    static Ended stop(MiniCluster flink, CompletableFuture<Ended> started) throws Exception {
        flink.listJobs().get().stream()
                .filter(job -> !job.getJobState().isGloballyTerminalState())
                .forEach(job -> flink.cancelJob(job.getJobId()).join());
        return started.get(1, TimeUnit.MINUTES);
    }

    /** A pipeline of {@link #events} with their label. */
    static Path views(
            Path folder, EmbeddedBroker broker, TestTopics kafka, String events, String predictions, String more)
            throws IOException {
        return Files.writeString(folder.resolve("views.yaml"), """
                name: views
                kafka: {bootstrap.servers: "%s"}
                input: {topic: %s, format: json, time: t, start-offsets: earliest}
                features: [{numeric: [x]}]
                label: {field: y}
                task: binary
                warm-up: 0s
                checkpoint-interval: 200ms
                output:
                  predictions: %s
                  snapshots: {topic: %s, every: 10}
                  dead-letters: %s
                  transactional-id-prefix: %3$s
                %s
                """.formatted(
                        broker.bootstrap(),
                        events,
                        predictions,
                        kafka.create("models", 1, Map.of("cleanup.policy", "compact")),
                        kafka.create("dead", 1),
                        more));
    }

    /** Views: {@code {"t": ms, "x": number, "y": 0 or 1}}. */
    static String[] events(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "{\"t\":" + (1_700_000_000_000L + i) + ",\"x\":" + i % 7 + ",\"y\":" + i % 2 + "}")
                .toArray(String[]::new);
    }
}
