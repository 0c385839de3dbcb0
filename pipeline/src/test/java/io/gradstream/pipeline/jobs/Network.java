package io.gradstream.pipeline.jobs;

import io.gradstream.testing.TcpProxy;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.apache.kafka.common.protocol.ApiKeys;

/** The network between clients and their broker, which knows Kafka's requests. */
final class Network extends TcpProxy {
    /** The broker's listener behind it. */
    static final String LISTENER = "NETWORK";

    /** More of a pipeline's Kafka clients, as YAML: they give up after a second or two. */
    static final String IMPATIENT = ", request.timeout.ms: 1000, delivery.timeout.ms: 2000, max.block.ms: 2000,"
            + " default.api.timeout.ms: 2000, reconnect.backoff.max.ms: 100";

    private ApiKeys lastAnswered;

    /** A pipeline's Kafka clients that come this way, as YAML; they give up after a second or two. */
    String client() {
        return "bootstrap.servers: \"" + address() + "\"" + IMPATIENT;
    }

    /** Begins to take connections to a broker at HOST:PORT. */
    void leadTo(String broker) {
        leadTo(Integer.parseInt(broker.substring(broker.lastIndexOf(':') + 1)));
    }

    /** The next request of this kind arrives; its answer, and all others from then on, do not. */
    synchronized void cutAnswersFrom(ApiKeys request) {
        lastAnswered = request;
    }

    @Override
    public synchronized void heal() {
        lastAnswered = null;
        super.heal();
    }

    /** Request by request: four bytes of length, then two that say which kind it is. */
    @Override
    protected void requests(InputStream client, OutputStream broker) throws IOException {
        DataInputStream in = new DataInputStream(client);
        while (true) {
            byte[] request = new byte[in.readInt()];
            in.readFully(request);
            pass(ApiKeys.forId(ByteBuffer.wrap(request).getShort()));
            broker.write(
                    ByteBuffer.allocate(Integer.BYTES).putInt(request.length).array());
            broker.write(request);
        }
    }

    private synchronized void pass(ApiKeys kind) throws IOException {
        if (kind == lastAnswered) {
            cutAnswers();
        }
        awaitRequestsPass();
    }
}
