package io.gradstream.pipeline.jobs;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.protocol.ApiKeys;

/**
 * The network between clients and their broker: a proxy, told to clients as the broker's address. Where it is cut, bytes wait and
 * arrive when it is whole again, as with TCP, unless whoever sent them has given up by then; connections are taken and stand still.
 */
final class Network implements AutoCloseable {
    /** The broker's listener behind it. */
    static final String LISTENER = "NETWORK";

    private static final int BYTES = 1 << 16;

    private final ServerSocket server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private boolean requestsPass = true;
    private boolean answersPass = true;
    private ApiKeys lastAnswered;
    private Duration delay = Duration.ZERO;
    private int connections;
    private int brokerPort;

    Network() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException("no port for the network", e);
        }
    }

    /** Where clients think that the broker is. */
    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** A pipeline's Kafka clients that come this way, as YAML; they give up after a second or two. */
    String client() {
        return "bootstrap.servers: \"" + address() + "\", request.timeout.ms: 1000, delivery.timeout.ms: 2000,"
                + " max.block.ms: 2000, default.api.timeout.ms: 2000, reconnect.backoff.max.ms: 100";
    }

    /** Begins to take connections. */
    void leadTo(String broker) {
        brokerPort = Integer.parseInt(broker.substring(broker.lastIndexOf(':') + 1));
        start("network", this::accept);
    }

    /** Nothing passes any more, neither way. */
    synchronized void cut() {
        requestsPass = false;
        answersPass = false;
    }

    /** The next request of this kind arrives; its answer, and all others from then on, do not. */
    synchronized void cutAnswersFrom(ApiKeys request) {
        lastAnswered = request;
    }

    /** Whether answers stand still. */
    synchronized boolean isCut() {
        return !answersPass;
    }

    /** Each answer takes longer from now on. */
    synchronized void delay(Duration longer) {
        delay = longer;
    }

    /** All is as before; what waited arrives. */
    synchronized void heal() {
        requestsPass = true;
        answersPass = true;
        lastAnswered = null;
        delay = Duration.ZERO;
        notifyAll();
    }

    /** Ends all connections, in the middle of whatever they do. */
    void reset() {
        for (Socket socket : sockets) {
            try {
                socket.setSoLinger(true, 0);
                socket.close();
            } catch (IOException e) {
                // it has ended by itself
            }
        }
    }

    /** How many connections there have been. */
    synchronized int connections() {
        return connections;
    }

    @Override
    public void close() throws IOException {
        server.close();
        reset();
        heal();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = server.accept();
            try {
                lead(client);
            } catch (IOException e) {
                client.close(); // the broker is not there, and so it seems to the client
            }
        }
    }

    private void lead(Socket client) throws IOException {
        Socket broker = new Socket(InetAddress.getByName("127.0.0.1"), brokerPort);
        sockets.add(client);
        sockets.add(broker);
        synchronized (this) {
            connections++;
        }
        start("requests", () -> connect(client, broker, this::requests));
        start("answers", () -> connect(broker, client, this::answers));
    }

    private void connect(Socket from, Socket to, Pump pump) throws IOException {
        try (from;
                to) {
            from.setTcpNoDelay(true);
            to.setTcpNoDelay(true);
            pump.run(from.getInputStream(), to.getOutputStream());
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    /** Request by request: four bytes of length, then two that say which kind it is. */
    private void requests(InputStream client, OutputStream broker) throws IOException {
        DataInputStream in = new DataInputStream(client);
        while (true) {
            byte[] request = new byte[in.readInt()];
            in.readFully(request);
            passRequest(ApiKeys.forId(ByteBuffer.wrap(request).getShort()));
            broker.write(
                    ByteBuffer.allocate(Integer.BYTES).putInt(request.length).array());
            broker.write(request);
        }
    }

    private void answers(InputStream broker, OutputStream client) throws IOException {
        byte[] bytes = new byte[BYTES];
        for (int count = broker.read(bytes); count >= 0; count = broker.read(bytes)) {
            passAnswer();
            client.write(bytes, 0, count);
        }
    }

    private synchronized void passRequest(ApiKeys kind) throws IOException {
        if (kind == lastAnswered) {
            answersPass = false;
        }
        while (!requestsPass) {
            await();
        }
    }

    private void passAnswer() throws IOException {
        long millis;
        synchronized (this) {
            while (!answersPass) {
                await();
            }
            millis = delay.toMillis();
        }
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    private void await() throws IOException {
        try {
            wait();
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    private static void start(String name, Loop loop) {
        Thread thread = new Thread(
                () -> {
                    try {
                        loop.run();
                    } catch (IOException e) {
                        // the connection is over
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    private interface Loop {
        void run() throws IOException;
    }

    private interface Pump {
        void run(InputStream from, OutputStream to) throws IOException;
    }
}
