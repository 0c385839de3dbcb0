package io.gradstream.connectors.kafka;

import io.gradstream.connectors.records.Outgoing;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.SupportsPostCommitTopology;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.kafka.common.config.ConfigDef;

/**
 * The one sink of a job: a {@link KafkaSink} that routes each kind of record to its topic, so that all of them are in one
 * transaction.
 *
 * <p>It differs from a bare KafkaSink in two things. When a transaction cannot be committed any more, because the broker
 * ended it after its timeout or someone else took its id, KafkaSink logs an error and goes on; its records are lost. Here
 * the job fails, with a {@link LostTransactionException} that says what to do. And a task that fails while records are on their
 * way does not end its TaskManager ({@link OutgoingWriter}).
 *
 * @param <S> what the writer keeps in state
 * @param <C> what is handed from writer to committer
 */
public final class OutgoingSink<S, C>
        implements Sink<Outgoing>,
                SupportsWriterState<Outgoing, S>,
                SupportsCommitter<C>,
                SupportsPostCommitTopology<C> {
    private static final long serialVersionUID = 1;

    /** As long as a broker allows without being told otherwise. */
    private static final String TRANSACTION_TIMEOUT_MS = "900000";

    private static final String MAX_REQUEST_SIZE = "1048576";

    private final Sink<Outgoing> sink;
    private final SupportsWriterState<Outgoing, S> state;
    private final SupportsCommitter<C> commits;
    private final SupportsPostCommitTopology<C> postCommit;
    private final TransactionOutcome outcome;

    private <
                    K extends
                            Sink<Outgoing> & SupportsWriterState<Outgoing, S> & SupportsCommitter<C>
                                    & SupportsPostCommitTopology<C>>
            OutgoingSink(K kafka, TransactionOutcome outcome) {
        this.sink = kafka;
        this.outcome = outcome;
        this.state = kafka;
        this.commits = kafka;
        this.postCommit = kafka;
    }

    /** The same with the throughput profile. */
    public static Sink<Outgoing> create(
            Map<String, String> client, OutputTopics topics, Delivery delivery, String transactionalIdPrefix) {
        return create(client, topics, delivery, transactionalIdPrefix, ClientProfile.THROUGHPUT);
    }

    /**
     * Makes the sink.
     *
     * @param client Kafka's client properties, with {@code bootstrap.servers}
     * @param topics where each kind of record goes
     * @param delivery what is promised; exactly-once needs checkpoints, and readers with {@code read_committed}
     * @param transactionalIdPrefix unlike that of every other job on the same Kafka
     * @param profile defaults for the client
     */
    public static Sink<Outgoing> create(
            Map<String, String> client,
            OutputTopics topics,
            Delivery delivery,
            String transactionalIdPrefix,
            ClientProfile profile) {
        Map<String, String> defaults = new HashMap<>(profile.producer());
        defaults.put("transaction.timeout.ms", TRANSACTION_TIMEOUT_MS);
        Properties properties = ClientProperties.producer(client, defaults);
        int maxRecordBytes = maxRecordBytes(client);
        KafkaSinkBuilder<Outgoing> builder = KafkaSink.<Outgoing>builder()
                .setKafkaProducerConfig(properties)
                .setRecordSerializer(new OutgoingSchema(topics, maxRecordBytes))
                .setTransactionalIdPrefix(transactionalIdPrefix)
                .setTransactionNamingStrategy(TransactionNamingStrategy.INCREMENTING);
        DeliveryGuarantee guarantee =
                delivery == Delivery.AT_LEAST_ONCE ? DeliveryGuarantee.AT_LEAST_ONCE : DeliveryGuarantee.EXACTLY_ONCE;
        return new OutgoingSink<>(builder.setDeliveryGuarantee(guarantee).build(), new TransactionOutcome(client));
    }

    /** How long a transaction of this client may stay open, in ms; what is no number is refused before the start. */
    public static long transactionTimeoutMillis(Map<String, String> client) {
        String millis = client.getOrDefault("transaction.timeout.ms", TRANSACTION_TIMEOUT_MS)
                .strip();
        return Long.parseLong(millis.matches("[0-9]{1,15}") ? millis : TRANSACTION_TIMEOUT_MS);
    }

    /** What is wrong with so long an interval between checkpoints, with each of which transactions end; empty: nothing. */
    public static Optional<String> intervalProblem(long intervalMillis, Map<String, String> client) {
        long timeout = transactionTimeoutMillis(client);
        return intervalMillis < timeout
                ? Optional.empty()
                : Optional.of("a transaction stays open from one checkpoint to the next, so the checkpoint interval ("
                        + intervalMillis + " ms) must be well below kafka's transaction.timeout.ms (" + timeout + ")");
    }

    /** The largest record that the client may send, read as Kafka reads it. */
    static int maxRecordBytes(Map<String, String> client) {
        String bytes = client.getOrDefault("max.request.size", MAX_REQUEST_SIZE);
        return (Integer) ConfigDef.parseType("max.request.size", bytes, ConfigDef.Type.INT);
    }

    @Override
    public SinkWriter<Outgoing> createWriter(WriterInitContext context) throws IOException {
        return new OutgoingWriter<S, C>(sink.createWriter(context));
    }

    @Override
    public StatefulSinkWriter<Outgoing, S> restoreWriter(WriterInitContext context, Collection<S> recovered)
            throws IOException {
        return new OutgoingWriter<S, C>(state.restoreWriter(context, recovered));
    }

    @Override
    public SimpleVersionedSerializer<S> getWriterStateSerializer() {
        return state.getWriterStateSerializer();
    }

    @Override
    public Committer<C> createCommitter(CommitterInitContext context) throws IOException {
        return new LossStoppingCommitter<>(
                commits.createCommitter(context), context.metricGroup().counter("lostTransactions"), outcome);
    }

    @Override
    public SimpleVersionedSerializer<C> getCommittableSerializer() {
        return commits.getCommittableSerializer();
    }

    @Override
    public void addPostCommitTopology(DataStream<CommittableMessage<C>> committables) {
        postCommit.addPostCommitTopology(committables);
    }
}
