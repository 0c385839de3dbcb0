package io.gradstream.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.broker.EmbeddedBroker;
import io.gradstream.connectors.records.Outgoing;
import io.gradstream.connectors.records.OutgoingTypeInfo;
import io.gradstream.testing.GradstreamExtension;
import io.gradstream.testing.TestTopics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A broker that goes away between a checkpoint and its commit, for longer than a transaction may stay open. */
@Timeout(120)
class KafkaOutageTest {
    @RegisterExtension
    static final GradstreamExtension gradstream = new GradstreamExtension()
            .withTaskManagers(1, 3)
            .withBrokerSetting("transaction.abort.timed.out.transaction.cleanup.interval.ms", "200");

    private static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final EmbeddedBroker broker = gradstream.broker();
    private final TestTopics topics = gradstream.topics();
    private final String in = topics.create("in");
    private final String out = topics.create("out");
    private final String prefix = topics.unique("prefix");

    /** The broker is back and all would go on, but what the checkpoint counts as written is gone: no restart, and what to do. */
    @Test
    void longerThanATransactionStopsTheJob() throws Exception {
        Outage.count.set(0);
        topics.write(in, "1", "2", "3");
        StreamExecutionEnvironment env = PredictionJob.environment(10); // but this failure must end the job
        Map<String, String> client = Map.of("bootstrap.servers", broker.bootstrap());
        SingleOutputStreamOperator<Outgoing> predictions =
                PredictionJob.predictions(env, client, in, new PredictionJob.ToPrediction());
        predictions.sinkTo(OutgoingSink.create(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrap(),
                        "transaction.timeout.ms",
                        Long.toString(TRANSACTION_TIMEOUT.toMillis())),
                new OutputTopics(out, null, null, null),
                Delivery.EXACTLY_ONCE,
                prefix));
        predictions
                .map(new Outage(prefix))
                .returns(OutgoingTypeInfo.INSTANCE)
                .disableChaining()
                .sinkTo(new DiscardingSink<>());
        assertThatThrownBy(env::execute)
                .hasStackTraceContaining(LostTransactionException.class.getName())
                .hasStackTraceContaining("what it holds is lost if the job goes on")
                .hasStackTraceContaining("Kafka, was away for longer than transaction.timeout.ms")
                .hasStackTraceContaining("Start the job again from the retained checkpoint before this one");
        assertThat(Outage.count).as("outages").hasValue(1);
        assertThat(topics.read(out)).isEmpty();
    }

    /**
     * Takes the broker away during the first checkpoint with records, when the sink has done its part of it: its transaction is
     * complete and the next one's producer is ready. The checkpoint ends when the broker is back and has aborted the transaction.
     */
    private static final class Outage implements MapFunction<Outgoing, Outgoing>, CheckpointedFunction {
        private static final long serialVersionUID = 1;
        private static final AtomicInteger count = new AtomicInteger();
        private final String prefix;
        private int records;

        Outage(String prefix) {
            this.prefix = prefix;
        }

        @Override
        public Outgoing map(Outgoing record) {
            records++;
            return record;
        }

        @Override
        public void snapshotState(FunctionSnapshotContext context) throws Exception {
            if (records == 0 || count.getAndIncrement() > 0) {
                return;
            }
            EmbeddedBroker broker = gradstream.broker();
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
                Awaitility.await().atMost(PATIENCE).until(() -> {
                    List<TransactionListing> own = own(admin);
                    return own.stream().anyMatch(each -> each.state() == TransactionState.ONGOING)
                            && own.stream()
                                    .anyMatch(each -> each.transactionalId()
                                            .equals(prefix + "-0-" + (context.getCheckpointId() + 1)));
                });
                broker.stop();
                long stopped = System.nanoTime();
                Awaitility.await()
                        .atMost(PATIENCE)
                        .until(() -> System.nanoTime() - stopped > TRANSACTION_TIMEOUT.toNanos());
                broker.restart();
                Awaitility.await()
                        .atMost(PATIENCE)
                        .ignoreExceptions()
                        .until(() ->
                                own(admin).stream().anyMatch(each -> each.state() == TransactionState.COMPLETE_ABORT));
            }
        }

        private List<TransactionListing> own(Admin admin) throws Exception {
            return admin.listTransactions().all().get().stream()
                    .filter(each -> each.transactionalId().startsWith(prefix))
                    .toList();
        }

        @Override
        public void initializeState(FunctionInitializationContext context) {}
    }
}
