package io.gradstream.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The network between a server on loopback and its clients, who are told this proxy's address instead. Where it is cut, bytes wait and
 * arrive when it is whole again, as with TCP, unless whoever sent them has given up by then; connections are taken and stand still.
 */
public class TcpProxy implements AutoCloseable {
    private static final int BYTES = 1 << 16;
    private static final String LOOPBACK = "127.0.0.1";

    private final ServerSocket server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private boolean requestsPass = true;
    private boolean answersPass = true;
    private Duration delay = Duration.ZERO;
    private int connections;
    private int serverPort;

    /** On a free port of loopback. */
    public TcpProxy() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getByName(LOOPBACK));
        } catch (IOException e) {
            throw new UncheckedIOException("no port for a proxy", e);
        }
    }

    /** Where clients think that the server is. */
    public final String address() {
        return LOOPBACK + ":" + port();
    }

    /** The same without the host, which is 127.0.0.1. */
    public final int port() {
        return server.getLocalPort();
    }

    /** Begins to take connections. */
    public final void leadTo(int port) {
        serverPort = port;
        start("proxy", this::accept);
    }

    /** Nothing passes any more, neither way. */
    public final synchronized void cut() {
        requestsPass = false;
        answersPass = false;
    }

    /** Answers do not pass any more; requests do. */
    protected final synchronized void cutAnswers() {
        answersPass = false;
    }

    /** Whether answers stand still. */
    public final synchronized boolean isCut() {
        return !answersPass;
    }

    /** Each answer takes longer from now on. */
    public final synchronized void delay(Duration longer) {
        delay = longer;
    }

    /** All is as before; what waited arrives. */
    public synchronized void heal() {
        requestsPass = true;
        answersPass = true;
        delay = Duration.ZERO;
        notifyAll();
    }

    /** Ends all connections, in the middle of whatever they do. */
    public final void reset() {
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
    public final synchronized int connections() {
        return connections;
    }

    @Override
    public final void close() throws IOException {
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
                client.close(); // the server is not there, and so it seems to the client
            }
        }
    }

    private void lead(Socket client) throws IOException {
        Socket behind = new Socket(InetAddress.getByName(LOOPBACK), serverPort);
        sockets.add(client);
        sockets.add(behind);
        synchronized (this) {
            connections++;
        }
        start("requests", () -> connect(client, behind, this::requests));
        start("answers", () -> connect(behind, client, this::answers));
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

    /** Leads what a client sends to the server, to the end of the connection; {@link #awaitRequestsPass} before each piece. */
    protected void requests(InputStream client, OutputStream behind) throws IOException {
        byte[] bytes = new byte[BYTES];
        for (int count = client.read(bytes); count >= 0; count = client.read(bytes)) {
            awaitRequestsPass();
            behind.write(bytes, 0, count);
        }
    }

    private void answers(InputStream behind, OutputStream client) throws IOException {
        byte[] bytes = new byte[BYTES];
        for (int count = behind.read(bytes); count >= 0; count = behind.read(bytes)) {
            passAnswer();
            client.write(bytes, 0, count);
        }
    }

    /** Returns when requests pass. */
    protected final synchronized void awaitRequestsPass() throws IOException {
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
