package io.gradstream.connectors.kafka;

import io.gradstream.connectors.records.Outgoing;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes as Kafka's writer does, but never fails in its close.
 *
 * <p>KafkaWriter throws in its close when records that it had sent before were refused or could not be delivered. A task that
 * fails, because Kafka or the JobManager was away for too long, has many of those, and Flink takes an exception while it cleans up
 * after one as fatal: the whole TaskManager ends itself, and on a standalone cluster nobody starts it again. Nothing is lost by
 * going on. What a checkpoint counts on was flushed before it, and the flush does fail; what was sent since is sent again.
 *
 * @param <S> what the writer keeps in state
 * @param <C> what is handed from writer to committer
 */
final class OutgoingWriter<S, C> implements StatefulSinkWriter<Outgoing, S>, CommittingSinkWriter<Outgoing, C> {
    private static final Logger LOG = LoggerFactory.getLogger(OutgoingWriter.class);

    private final SinkWriter<Outgoing> writer;
    private final StatefulSinkWriter<Outgoing, S> state;
    private final CommittingSinkWriter<Outgoing, C> commits;

    /** @param writer one of Kafka's, which is all three in one */
    @SuppressWarnings("unchecked")
    OutgoingWriter(SinkWriter<Outgoing> writer) {
        this.writer = writer;
        state = (StatefulSinkWriter<Outgoing, S>) writer;
        commits = (CommittingSinkWriter<Outgoing, C>) writer;
    }

    @Override
    public void write(Outgoing record, Context context) throws IOException, InterruptedException {
        writer.write(record, context);
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        writer.flush(endOfInput);
    }

    @Override
    public void writeWatermark(Watermark watermark) throws IOException, InterruptedException {
        writer.writeWatermark(watermark);
    }

    @Override
    public Collection<C> prepareCommit() throws IOException, InterruptedException {
        return commits.prepareCommit();
    }

    @Override
    public List<S> snapshotState(long checkpoint) throws IOException {
        return state.snapshotState(checkpoint);
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.warn("The Kafka writer was interrupted in its close");
        } catch (Exception e) {
            LOG.warn(
                    "What was sent to Kafka since the last checkpoint did not all arrive; it is sent again after a restore",
                    e);
        }
    }
}
