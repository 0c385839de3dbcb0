package io.gradstream.pipeline.jobs;

import io.gradstream.broker.EmbeddedBroker;
import io.gradstream.connectors.kafka.DeadLetterRecords;
import io.gradstream.connectors.records.AvroRecords;
import io.gradstream.connectors.records.DeadLetter;
import io.gradstream.connectors.records.Evaluation;
import io.gradstream.connectors.records.Outgoing;
import io.gradstream.connectors.records.Prediction;
import io.gradstream.connectors.records.Snapshot;
import io.gradstream.connectors.records.SnapshotAssembler;
import io.gradstream.connectors.records.SnapshotAssembler.Complete;
import io.gradstream.connectors.records.SnapshotChunks;
import io.gradstream.model.Model;
import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.config.PipelineFile;
import io.gradstream.testing.TestTopics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A pipeline over topics of its own: views of a shop as JSON, which end in a sale or not. */
final class Shop {

    /** In the event, or on a topic of its own. */
    enum Labels {
        IN_EVENT,
        APART
    }

    /** More than a sale may be behind the newest. */
    static final String DISORDER = "1100ms";

    final TestTopics kafka;
    final String views;
    final String sales;
    final String predictions;
    final String snapshots;
    final String metrics;
    final String deadLetters;
    /** Of its pipelines. */
    String task = "binary";
    /** Of its pipelines' optimizer. */
    String learningRate = "0.1";
    /** Of its pipelines. */
    int batchSize = 32;
    /** Of its pipelines' jobs. */
    String checkpointInterval = "200ms";
    /** Of its pipelines' inputs: longer than it takes to write and read what a test writes at once. */
    String idleAfter = "5s";
    /** Of its pipelines' Kafka clients, as YAML. */
    String client;

    private final EmbeddedBroker broker;
    private final Path folder;

    private Shop(EmbeddedBroker broker, TestTopics kafka, Path folder, String views, String sales) {
        this.broker = broker;
        this.kafka = kafka;
        this.folder = folder;
        client = "bootstrap.servers: \"" + broker.bootstrap() + "\"";
        this.views = views;
        this.sales = sales;
        predictions = kafka.unique("predictions");
        snapshots = kafka.unique("snapshots");
        metrics = kafka.unique("metrics");
        deadLetters = kafka.unique("dead-letters");
        broker.createTopics(List.of(
                topic(predictions, 1),
                topic(snapshots, 1).configs(Map.of("cleanup.policy", "compact")),
                topic(metrics, 1),
                topic(deadLetters, 1)));
    }

    private static NewTopic topic(String name, int partitions) {
        return new NewTopic(name, partitions, (short) 1);
    }

    static Shop open(EmbeddedBroker broker, TestTopics kafka, Path folder, int partitions) {
        String views = kafka.unique("views");
        String sales = kafka.unique("sales");
        broker.createTopics(List.of(topic(views, partitions), topic(sales, partitions)));
        return new Shop(broker, kafka, folder, views, sales);
    }

    /** Other results from the same inputs. */
    Shop again() {
        return new Shop(broker, kafka, folder, views, sales);
    }

    /** The pipeline to the end of what is there, or for ever, with lines of YAML added to its label and to its top level. */
    Pipeline pipeline(Labels labels, boolean bounded, String label, String more) throws IOException {
        String where = labels == Labels.IN_EVENT
                ? ""
                : "  topic: " + sales + "\n  id: id\n  time: time\n  wait: 60s\n  idle-after: " + idleAfter
                        + "\n  out-of-orderness: " + DISORDER + "\n";
        return load("""
                input: {topic: %s, format: json, id: id, time: time, idle-after: %s, start-offsets: earliest, bounded: %s}
                features:
                  - numeric: [price, visits]
                  - {categorical: country, buckets: 64}
                label:
                  field: sold
                %s%s""".formatted(views, idleAfter, bounded, where, label) + more);
    }

    /** A pipeline with other inputs, and with this shop's model and outputs. */
    Pipeline load(String inputs) throws IOException {
        return load("{preset: mlp, hidden: [8], embedding: 4}", inputs);
    }

    /** The same with another model, as YAML. */
    Pipeline load(String model, String inputs) throws IOException {
        String yaml = """
                name: shop
                kafka: {%s}
                task: %s
                model: %s
                optimizer: {type: adagrad, learning-rate: %s}
                batch-size: %s
                warm-up: 0s
                checkpoint-interval: %s
                profile: latency
                output:
                  transactional-id-prefix: %s
                  predictions: %s
                  snapshots: {topic: %s, every: 10 steps}
                  metrics: {topic: %s, window: 500}
                  dead-letters: %s
                %s
                """.formatted(
                        client,
                        task,
                        model,
                        learningRate,
                        batchSize,
                        checkpointInterval,
                        predictions,
                        predictions,
                        snapshots,
                        metrics,
                        deadLetters,
                        inputs);
        Path file = folder.resolve(predictions + ".yaml");
        Files.writeString(file, yaml);
        return PipelineFile.load(file).pipeline();
    }

    /** Runs the main job on the test's cluster, restarted as often as needed. */
    static JobClient run(Pipeline pipeline) throws Exception {
        return run(pipeline, new Configuration());
    }

    /** The same with settings of Flink, or on from where another job was when it was stopped. */
    static JobClient run(Pipeline pipeline, Configuration settings) throws Exception {
        StreamExecutionEnvironment env = environment();
        env.configure(settings);
        MainJob.build(env, pipeline);
        return env.executeAsync(pipeline.name());
    }

    static StreamExecutionEnvironment environment() {
        Configuration configuration = new Configuration();
        configuration.setString("restart-strategy.type", "fixed-delay");
        configuration.setString("restart-strategy.fixed-delay.attempts", "100");
        configuration.setString("restart-strategy.fixed-delay.delay", "200ms");
        return StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    }

    /** Stops a job with a savepoint in the format of all state backends; gives the setting with which another goes on from it. */
    Configuration stop(JobClient job) throws Exception {
        String savepoint = job.stopWithSavepoint(
                        false, folder.resolve("savepoints").toUri().toString(), SavepointFormatType.CANONICAL)
                .get(90, TimeUnit.SECONDS);
        return new Configuration().set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    }

    /** How often the job was restarted. */
    static int attempts(MiniCluster flink, JobClient job) throws Exception {
        int most = 0;
        for (AccessExecutionVertex vertex :
                flink.getExecutionGraph(job.getJobID()).get().getAllExecutionVertices()) {
            most = Math.max(most, vertex.getCurrentExecutionAttempt().getAttemptNumber());
        }
        return most;
    }

    /** Whether all subtasks of a job run. */
    static boolean runs(MiniCluster flink, JobClient job) throws Exception {
        for (AccessExecutionVertex vertex :
                flink.getExecutionGraph(job.getJobID()).get().getAllExecutionVertices()) {
            if (vertex.getExecutionState() != ExecutionState.RUNNING) {
                return false;
            }
        }
        return true;
    }

    /** A view as JSON. */
    static String view(int i) {
        return view(i, "");
    }

    static String view(int i, String more) {
        SplittableRandom random = new SplittableRandom(i);
        return "{\"id\":\"v" + i + "\",\"time\":" + time(i) + ",\"price\":" + (random.nextInt(1, 1000) / 10.0)
                + ",\"visits\":" + random.nextInt(20) + ",\"country\":\"c" + random.nextInt(30) + "\"" + more + "}";
    }

    /** A view with its label. */
    static String labelledView(int i) {
        return view(i, ",\"sold\":" + sold(i));
    }

    /** The label of a view, known a second or two later. */
    static String sale(int i) {
        return sale("v" + i, soldAt(i), sold(i));
    }

    static String sale(String id, long time, Object sold) {
        return "{\"id\":\"" + id + "\",\"time\":" + time + ",\"sold\":" + sold + "}";
    }

    static long time(int i) {
        return 1_700_000_000_000L + 10L * i;
    }

    static long soldAt(int i) {
        return time(i) + 1000 + 37L * (i % 29);
    }

    static int sold(int i) {
        SplittableRandom random = new SplittableRandom(i);
        int price = random.nextInt(1, 1000);
        return price + new SplittableRandom(~i).nextInt(400) < 600 ? 1 : 0;
    }

    void write(String topic, int partition, List<String> values) {
        kafka.write(values.stream()
                .map(value -> new ProducerRecord<byte[], byte[]>(
                        topic, partition, null, value == null ? null : value.getBytes(StandardCharsets.UTF_8)))
                .toList());
    }

    List<Prediction> predictions() throws Exception {
        return predictions(kafka.read(predictions));
    }

    List<Prediction> awaitPredictions(int count) throws Exception {
        return predictions(kafka.await(predictions, count));
    }

    /** Waits for the prediction of an event. */
    void awaitPrediction(String id) {
        byte[] key = id.getBytes(StandardCharsets.UTF_8);
        kafka.await(
                predictions,
                records -> records.stream().anyMatch(record -> Arrays.equals(record.key(), key)),
                "a prediction of " + id);
    }

    private static List<Prediction> predictions(List<ConsumerRecord<byte[], byte[]>> records) throws Exception {
        List<Prediction> read = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            read.add(AvroRecords.prediction(record.value()));
        }
        return read;
    }

    List<DeadLetter> deadLetters() {
        return kafka.read(deadLetters).stream().map(DeadLetterRecords::read).toList();
    }

    List<Evaluation> evaluations() throws Exception {
        List<Evaluation> read = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : kafka.read(metrics)) {
            read.add(AvroRecords.evaluation(record.value()));
        }
        return read;
    }

    /** All snapshots in the topic that are whole. */
    List<Snapshot> allSnapshots() throws Exception {
        SnapshotAssembler assembler = new SnapshotAssembler("shop");
        List<Snapshot> all = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : kafka.read(snapshots)) {
            Outgoing part =
                    SnapshotChunks.read("shop", record.key(), record.value()).orElseThrow();
            if (assembler.add(part) instanceof Complete complete) {
                all.add(complete.snapshot());
            }
        }
        return all;
    }

    /** Waits for a snapshot of this version or a later one. */
    void awaitVersion(long version) throws Exception {
        SnapshotAssembler assembler = new SnapshotAssembler("shop");
        long newest = 0;
        for (int count = 1; newest < version; count++) {
            ConsumerRecord<byte[], byte[]> record =
                    kafka.await(snapshots, count).get(count - 1);
            Outgoing part =
                    SnapshotChunks.read("shop", record.key(), record.value()).orElseThrow();
            if (assembler.add(part) instanceof Complete complete) {
                newest = complete.snapshot().manifest().version();
            }
        }
    }

    Snapshot lastSnapshot() throws Exception {
        List<Snapshot> all = allSnapshots();
        return all.get(all.size() - 1);
    }

    /** Version and SHA-256 of the tensors. */
    static String weights(Snapshot snapshot) throws Exception {
        return snapshot.manifest().version() + " "
                + Model.read(snapshot.bytes()).info().sha256();
    }
}
