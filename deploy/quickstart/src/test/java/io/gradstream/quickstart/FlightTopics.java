package io.gradstream.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.broker.EmbeddedBroker;
import io.gradstream.connectors.records.AvroRecords;
import io.gradstream.connectors.records.Evaluation;
import io.gradstream.connectors.records.Outgoing;
import io.gradstream.connectors.records.SnapshotAssembler;
import io.gradstream.connectors.records.SnapshotAssembler.Complete;
import io.gradstream.connectors.records.SnapshotChunks;
import io.gradstream.model.Model;
import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.config.PipelineFile;
import io.gradstream.pipeline.jobs.ReplayJob;
import io.gradstream.pipeline.replay.ReplayResult;
import io.gradstream.quickstart.feed.FlightFeeder;
import io.gradstream.quickstart.feed.Flights;
import io.gradstream.testing.TestTopics;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What the job of flights.yaml wrote, as a read_committed reader sees it; and the same flights as a file. */
final class FlightTopics {
    static final Path PIPELINE = ProjectFiles.ROOT.resolve("deploy/quickstart/flights.yaml");
    static final Path DATA = ProjectFiles.ROOT.resolve("deploy/quickstart/data/flights-2001h1-6hubs.csv.gz");
    static final String DEPARTURES = "flights";
    static final String ARRIVALS = "arrivals";
    static final String PREDICTIONS = "flight-predictions";
    static final String DEAD_LETTERS = "flight-dead-letters";
    private static final String SNAPSHOTS = "flight-models";
    private static final String METRICS = "flight-metrics";

    private final TestTopics kafka;

    FlightTopics(TestTopics kafka) {
        this.kafka = kafka;
    }

    /** Makes the topics of flights and of their arrivals, which keep records that are older than they. */
    static void create(EmbeddedBroker broker) {
        broker.createTopic(DEPARTURES, 1, Map.of("retention.ms", "-1"));
        broker.createTopic(ARRIVALS, 1, Map.of("retention.ms", "-1"));
    }

    /** Writes the first flights into them, within this time, once it is started. */
    static FlightFeeder feeder(EmbeddedBroker broker, int flights, Duration pace) throws IOException {
        return new FlightFeeder(Flights.read(DATA, flights), broker.bootstrap(), DEPARTURES, ARRIVALS, pace);
    }

    /** The first flights as a CSV file. */
    private static Path file(Path file, int flights) throws IOException {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(DATA)), StandardCharsets.UTF_8))) {
            Files.writeString(file, lines.lines().limit(1 + flights).collect(Collectors.joining("\n", "", "\n")));
        }
        return file;
    }

    /** A replay of the first flights, in this process. */
    static ReplayResult replay(Path folder, int flights) throws Exception {
        Pipeline pipeline = PipelineFile.loadWithoutKafka(PIPELINE).pipeline();
        Path output = Files.createDirectories(folder.resolve("replay"));
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(1);
        ReplayJob.build(environment, pipeline, file(folder.resolve("flights.csv"), flights), output);
        environment.execute();
        return ReplayResult.read(output);
    }

    /** Asserts that each of these flights was predicted once, in their order, and that evaluation and weights are the replay's to the bit. */
    void areThoseOf(ReplayResult replay, int flights) throws Exception {
        assertThat(predicted())
                .containsExactlyElementsOf(
                        IntStream.range(0, flights).mapToObj(Integer::toString).toList());
        assertThat(kafka.read(DEAD_LETTERS)).isEmpty();
        assertThat(replay.examples()).isEqualTo(flights);
        Evaluation evaluation = evaluation();
        assertThat(evaluation.examples()).isEqualTo(flights);
        assertThat(evaluation.metrics()).isEqualTo(replay.metrics());
        assertThat(weights())
                .isEqualTo(weights(Files.readAllBytes(replay.folder().resolve(ReplayResult.MODEL))));
    }

    /** The newest evaluation over everything. */
    private Evaluation evaluation() throws Exception {
        Evaluation newest = null;
        for (ConsumerRecord<byte[], byte[]> record : kafka.read(METRICS)) {
            Evaluation evaluation = AvroRecords.evaluation(record.value());
            newest = evaluation.scope() == Evaluation.Scope.ALL ? evaluation : newest;
        }
        return newest;
    }

    /** Ids of all predictions. */
    private List<String> predicted() throws Exception {
        List<String> ids = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : kafka.read(PREDICTIONS)) {
            ids.add(AvroRecords.prediction(record.value()).id());
        }
        return ids;
    }

    /** Version and SHA-256 of the tensors of the newest snapshot. */
    private String weights() throws Exception {
        SnapshotAssembler assembler = new SnapshotAssembler("flights");
        byte[] newest = null;
        for (ConsumerRecord<byte[], byte[]> record : kafka.read(SNAPSHOTS)) {
            Outgoing part =
                    SnapshotChunks.read("flights", record.key(), record.value()).orElseThrow();
            newest = assembler.add(part) instanceof Complete complete
                    ? complete.snapshot().bytes()
                    : newest;
        }
        return weights(newest);
    }

    /** Version and SHA-256 of the tensors of a snapshot. */
    static String weights(byte[] snapshot) throws Exception {
        Model model = Model.read(snapshot);
        return model.info().version() + " " + model.info().sha256();
    }
}
