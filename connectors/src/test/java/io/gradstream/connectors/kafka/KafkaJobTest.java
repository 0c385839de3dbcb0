package io.gradstream.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.connectors.records.AvroRecords;
import io.gradstream.connectors.records.DeadLetter;
import io.gradstream.connectors.records.Evaluation;
import io.gradstream.connectors.records.Outgoing;
import io.gradstream.connectors.records.OutgoingTypeInfo;
import io.gradstream.connectors.records.Prediction;
import io.gradstream.connectors.records.RawRecord;
import io.gradstream.connectors.records.SnapshotChunks;
import io.gradstream.testing.GradstreamExtension;
import io.gradstream.testing.TestTopics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class KafkaJobTest {
    @RegisterExtension
    static final GradstreamExtension gradstream = new GradstreamExtension()
            .withTaskManagers(1, 3)
            .withBrokerSetting("transaction.abort.timed.out.transaction.cleanup.interval.ms", "200");

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TestTopics topics = gradstream.topics();
    private final Map<String, String> client =
            Map.of("bootstrap.servers", gradstream.broker().bootstrap());
    private final String in = topics.create("in", 2);
    private final OutputTopics out = new OutputTopics(
            topics.create("predictions", 2),
            topics.create("snapshots"),
            topics.create("metrics"),
            topics.create("dead"));
    private final String prefix = topics.unique("prefix");

    @Test
    void exactlyOnceThroughAFailure() throws Exception {
        runThroughAFailure(Delivery.EXACTLY_ONCE);
        assertThat(ids(topics.read(out.predictions()))).hasSize(600).doesNotHaveDuplicates();
        assertThat(ids(topics.readUncommitted(out.predictions())))
                .as("the failed attempt left records that no careful reader sees")
                .hasSizeGreaterThan(600);
        try (Admin admin = Admin.create(topics.client())) {
            assertThat(admin.listTransactions().all().get())
                    .extracting(TransactionListing::transactionalId)
                    .as("each checkpoint has a transactional id of its own")
                    .contains(prefix + "-0-1", prefix + "-0-2");
        }
    }

    @Test
    void atLeastOnceLosesNothingAndMayWriteTwice() throws Exception {
        runThroughAFailure(Delivery.AT_LEAST_ONCE);
        assertThat(ids(topics.read(out.predictions())))
                .hasSizeGreaterThan(600)
                .containsAll(IntStream.range(0, 600).mapToObj(Integer::toString).toList());
    }

    /** The transaction times out at the broker while the checkpoint that holds it is still being made. */
    @ParameterizedTest(name = "transaction.version {0}")
    @ValueSource(shorts = {1, 2})
    void aTransactionThatTheBrokerEndedStopsTheJob(short version) throws Exception {
        TransactionVersions.use(version, topics);
        topics.write(in, "1", "2", "3");
        StreamExecutionEnvironment env = PredictionJob.environment(10);
        env.getConfig().setParallelism(1);
        env.configure(new Configuration()
                .set(org.apache.flink.configuration.RestartStrategyOptions.RESTART_STRATEGY, "none"));
        SingleOutputStreamOperator<Outgoing> predictions =
                PredictionJob.predictions(env, client, in, new PredictionJob.ToPrediction());
        Map<String, String> impatient =
                Map.of("bootstrap.servers", gradstream.broker().bootstrap(), "transaction.timeout.ms", "500");
        predictions.sinkTo(OutgoingSink.create(impatient, out, Delivery.EXACTLY_ONCE, prefix));
        predictions
                .map(new SlowCheckpoint(gradstream.broker().bootstrap(), prefix))
                .returns(OutgoingTypeInfo.INSTANCE)
                .disableChaining()
                .sinkTo(new DiscardingSink<>());
        assertThatThrownBy(() -> env.execute())
                .hasStackTraceContaining(LostTransactionException.class.getName())
                .hasStackTraceContaining("what it holds is lost if the job goes on");
        assertThat(topics.read(out.predictions())).isEmpty();
    }

    @Test
    void eachKindGoesToItsTopic() throws Exception {
        byte[] huge = new byte[2_000_000];
        Arrays.fill(huge, (byte) 7);
        DeadLetter letter = new DeadLetter(
                "undecodable", "unexpected end", "flights", 3, 81522, 5, "key".getBytes(StandardCharsets.UTF_8), null);
        List<Outgoing> records = new ArrayList<>(List.of(
                PredictionJob.prediction("flight-1"),
                letter,
                new DeadLetter("too-long", "é".repeat(5000), "flights", 0, 1, 2, huge, huge),
                new Evaluation("delays", "L", 7, Evaluation.Scope.ALL, 10, 5, Map.of("auc", 0.73))));
        records.addAll(SnapshotChunks.split("delays", "L", 7, "h", 5, Map.of(), new byte[600_000]));
        StreamExecutionEnvironment env = PredictionJob.environment(10);
        env.fromData(OutgoingTypeInfo.INSTANCE, records.toArray(Outgoing[]::new))
                .sinkTo(OutgoingSink.create(client, out, Delivery.EXACTLY_ONCE, prefix, ClientProfile.LATENCY));
        env.execute();

        ConsumerRecord<byte[], byte[]> prediction =
                topics.read(out.predictions()).get(0);
        assertThat(text(prediction.key())).isEqualTo("flight-1");
        assertThat(AvroRecords.prediction(prediction.value()))
                .usingRecursiveComparison()
                .isEqualTo(PredictionJob.prediction("flight-1"));
        assertThat(prediction.timestamp())
                .as("the time of writing")
                .isGreaterThan(System.currentTimeMillis() - PATIENCE.toMillis());

        List<ConsumerRecord<byte[], byte[]>> dead = topics.read(out.deadLetters());
        assertThat(DeadLetterRecords.read(dead.get(0))).isEqualTo(letter);
        assertThat(header(dead.get(0), "__connect.errors.topic")).isEqualTo("flights");
        assertThat(header(dead.get(0), "__connect.errors.partition")).isEqualTo("3");
        assertThat(header(dead.get(0), "__connect.errors.offset")).isEqualTo("81522");
        assertThat(header(dead.get(0), "__connect.errors.exception.message")).isEqualTo("unexpected end");
        assertThat(header(dead.get(1), DeadLetterRecords.CUT)).isEqualTo("2000000,2000000");
        assertThat(dead.get(1).value().length + dead.get(1).key().length).isBetween(1_000_000, 1_048_576);

        assertThat(AvroRecords.evaluation(topics.read(out.metrics()).get(0).value()))
                .isEqualTo(records.get(3));
        assertThat(topics.read(out.snapshots()).stream().map(record -> text(record.key())))
                .containsExactly("delays/chunk/0", "delays/chunk/1", "delays/manifest");
        assertThat(SnapshotFollower.latest(client, out.snapshots(), "delays", PATIENCE))
                .hasValueSatisfying(snapshot -> assertThat(snapshot.bytes()).hasSize(600_000));
    }

    @Test
    void aKindWithoutATopicIsNotWritten() throws Exception {
        StreamExecutionEnvironment env = PredictionJob.environment(10);
        env.fromData(
                        OutgoingTypeInfo.INSTANCE,
                        PredictionJob.prediction("flight-1"),
                        new DeadLetter("r", "m", "t", 0, 0, 0, null, null))
                .sinkTo(OutgoingSink.create(
                        client, new OutputTopics(out.predictions(), null, null, null), Delivery.AT_LEAST_ONCE, prefix));
        env.execute();
        assertThat(topics.read(out.predictions())).hasSize(1);
    }

    private void runThroughAFailure(Delivery delivery) throws Exception {
        FailOnce.failed.set(false);
        FailOnce.outTopic = out.predictions();
        write(0, 300);
        StreamExecutionEnvironment env = PredictionJob.environment(10);
        PredictionJob.predictions(env, client, in, new FailOnce())
                .sinkTo(OutgoingSink.create(client, out, delivery, prefix));
        env.executeAsync();
        topics.await(out.predictions(), 300);
        write(300, 600);
        topics.await(
                out.predictions(), records -> ids(records).stream().distinct().count() == 600, "600 different ids");
        assertThat(FailOnce.failed).isTrue();
    }

    private void write(int from, int to) {
        topics.write(in, IntStream.range(from, to).mapToObj(Integer::toString).toArray(String[]::new));
    }

    private static List<String> ids(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream().map(record -> text(record.key())).toList();
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : text(header.value());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Fails at record 500, once, and only when records of the open transaction lie in the topic. */
    private static final class FailOnce extends PredictionJob.ToPrediction {
        private static final long serialVersionUID = 1;
        private static final AtomicBoolean failed = new AtomicBoolean();
        private static volatile String outTopic;

        @Override
        public Outgoing map(RawRecord record) {
            Outgoing prediction = super.map(record);
            if (((Prediction) prediction).id().equals("500") && failed.compareAndSet(false, true)) {
                TestTopics topics = gradstream.topics();
                Awaitility.await()
                        .atMost(PATIENCE)
                        .until(() -> topics.readUncommitted(outTopic).size() > 300);
                throw new IllegalStateException("the failure of this test");
            }
            return prediction;
        }
    }

    /** Makes the first checkpoint wait until the broker has aborted the sink's transaction. */
    private static final class SlowCheckpoint implements MapFunction<Outgoing, Outgoing>, CheckpointedFunction {
        private static final long serialVersionUID = 1;
        private final String bootstrap;
        private final String prefix;
        private boolean any;

        SlowCheckpoint(String bootstrap, String prefix) {
            this.bootstrap = bootstrap;
            this.prefix = prefix;
        }

        @Override
        public Outgoing map(Outgoing record) {
            any = true;
            return record;
        }

        @Override
        public void snapshotState(FunctionSnapshotContext context) {
            if (!any) {
                return;
            }
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
                Awaitility.await()
                        .atMost(PATIENCE)
                        .until(() -> admin.listTransactions().all().get().stream()
                                .anyMatch(transaction ->
                                        transaction.transactionalId().startsWith(prefix)
                                                && transaction.state() == TransactionState.COMPLETE_ABORT));
            }
        }

        @Override
        public void initializeState(FunctionInitializationContext context) {}
    }
}
