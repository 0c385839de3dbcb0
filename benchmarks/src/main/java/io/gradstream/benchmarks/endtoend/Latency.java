package io.gradstream.benchmarks.endtoend;

import io.gradstream.connectors.records.AvroRecords;
import io.gradstream.connectors.records.UnreadableRecordException;
import io.gradstream.pipeline.config.PipelineFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.io.DecoderFactory;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * From the moment an event is handed to a producer to the moment a consumer has its result, at a steady rate, at-least-once,
 * latency profile, label in the event. Events of one millisecond are handed over together. The rate begins when the first event
 * has come back, and its first third warms up.
 */
final class Latency {
    private final Path jdk;
    private final String heap;
    private final String bootstrap;
    private final Path folder;
    private final Topics topics;
    private int runs;

    /** @param topics whose producer sends each record at once */
    Latency(Path jdk, String heap, String bootstrap, Path folder, Topics topics) {
        this.jdk = jdk;
        this.heap = heap;
        this.bootstrap = bootstrap;
        this.folder = folder;
        this.topics = topics;
    }

    String measure(int rate, int seconds, int rounds) throws IOException, InterruptedException {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT, "latency, ms at %d events/s   identity p50    p99    this p50    p99%n", rate));
        double[][] rows = new double[4][rounds];
        for (int round = 0; round < rounds; round++) {
            double[] identity = run(Side.IDENTITY, rate, seconds);
            double[] pipeline = run(Side.LEARN, rate, seconds);
            double[] row = {identity[0], identity[1], pipeline[0], pipeline[1]};
            for (int i = 0; i < row.length; i++) {
                rows[i][round] = row[i];
            }
            table.append(String.format(
                    Locale.ROOT,
                    "  round %-20d %12.2f %6.2f %11.2f %6.2f%n",
                    round + 1,
                    row[0],
                    row[1],
                    row[2],
                    row[3]));
        }
        return table.append(String.format(
                        Locale.ROOT,
                        "  median                     %12.2f %6.2f %11.2f %6.2f%n",
                        Comparison.median(rows[0]),
                        Comparison.median(rows[1]),
                        Comparison.median(rows[2]),
                        Comparison.median(rows[3])))
                .toString();
    }

    /** p50 and p99 in milliseconds. */
    private double[] run(Side side, int rate, int seconds) throws IOException, InterruptedException {
        String name = "latency-" + ++runs;
        String out = name + "-out" + (side == Side.IDENTITY ? "-identity" : "");
        topics.create(List.of(name, out));
        Path yaml = folder.resolve(name + ".yaml");
        Files.writeString(yaml, Cases.LOGISTIC.yaml(bootstrap, name, name + "-out", false, true, false));
        try (ChildJvm job = ChildJvm.start(
                jdk, List.of("-Xmx" + heap, "-Xms" + heap), Unbounded.class, List.of(side.name(), yaml.toString()))) {
            long[] sent = new long[rate * seconds];
            long[] latency = new long[sent.length];
            CountDownLatch up = new CountDownLatch(1);
            Thread feeder = new Thread(() -> feed(name, sent, rate, up), "feeder");
            feeder.start();
            receive(out, side, sent, latency, up);
            feeder.join();
            long[] measured = Arrays.copyOfRange(latency, sent.length / 3, sent.length);
            Arrays.sort(measured);
            return new double[] {measured[measured.length / 2] / 1e6, measured[(int) (measured.length * 0.99)] / 1e6};
        }
    }

    private void feed(String topic, long[] sent, int rate, CountDownLatch up) {
        Load load = new Load();
        try {
            sent[0] = System.nanoTime();
            topics.write(topic, load.next(0, 0));
            topics.flush();
            up.await();
            long start = System.nanoTime();
            for (int i = 1; i < sent.length; i++) {
                byte[] record = load.next(i, i);
                long due = start + TimeUnit.MILLISECONDS.toNanos(i * 1000L / rate);
                for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                    LockSupport.parkNanos(wait);
                }
                sent[i] = System.nanoTime();
                topics.write(topic, record);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
        topics.flush();
    }

    private void receive(String topic, Side side, long[] sent, long[] latency, CountDownLatch up) throws IOException {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "fetch.max.wait.ms", "500"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partition = List.of(new TopicPartition(topic, 0));
            consumer.assign(partition);
            consumer.seekToBeginning(partition);
            int seen = 0;
            while (seen < sent.length) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    int id = id(side, record.value());
                    latency[id] = System.nanoTime() - sent[id];
                    seen++;
                    up.countDown();
                }
            }
        }
    }

    private static int id(Side side, byte[] value) throws IOException {
        if (side == Side.IDENTITY) {
            return (int) DecoderFactory.get()
                    .binaryDecoder(new ByteArrayInputStream(value), null)
                    .readLong();
        }
        try {
            return Integer.parseInt(AvroRecords.prediction(value).id());
        } catch (UnreadableRecordException e) {
            throw new IOException(e);
        }
    }

    /** The Flink process: runs a side until it is ended. */
    static final class Unbounded {
        private Unbounded() {}

        /** Arguments: the side and a pipeline file. */
        public static void main(String[] arguments) throws Exception {
            StreamExecutionEnvironment env =
                    StreamExecutionEnvironment.createLocalEnvironment(1, JobProcess.configuration());
            JobProcess.build(
                    env, PipelineFile.load(Path.of(arguments[1])).pipeline(), Side.valueOf(arguments[0]), false, false);
            env.execute();
        }
    }
}
