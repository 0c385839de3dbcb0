package io.gradstream.broker;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.server.ServerSocketFactory;

/**
 * Listening sockets that are bound before the broker starts and then handed to it, so a free port cannot be lost between
 * finding it and using it.
 *
 * <p>Ports are taken below the range that Linux, macOS and Windows use for outgoing connections. Inside that range a
 * client that reconnects to a stopped broker can be given the broker's own port, and then talks to itself while the
 * broker cannot come back.
 */
final class LoopbackSockets implements ServerSocketFactory, AutoCloseable {
    private static final int LOWEST_PORT = 20_000;
    private static final int HIGHEST_PORT = 32_000;
    private static final int TRIES = 200;
    private static final int BACKLOG = 128;

    private final Map<String, ServerSocketChannel> waiting = new LinkedHashMap<>();
    private final Map<String, Integer> ports = new LinkedHashMap<>();

    private LoopbackSockets() {}

    /** Binds one free port for each listener. */
    static LoopbackSockets free(List<String> listeners) throws IOException {
        LoopbackSockets sockets = new LoopbackSockets();
        try {
            for (String listener : listeners) {
                sockets.add(listener, bindFree());
            }
            return sockets;
        } catch (IOException e) {
            sockets.close();
            throw e;
        }
    }

    /** Binds the given ports again, waiting up to {@code patience} for each to become free. */
    static LoopbackSockets again(Map<String, Integer> ports, Duration patience) throws IOException {
        LoopbackSockets sockets = new LoopbackSockets();
        try {
            for (Map.Entry<String, Integer> entry : ports.entrySet()) {
                sockets.add(entry.getKey(), bindPatiently(entry.getValue(), patience));
            }
            return sockets;
        } catch (IOException e) {
            sockets.close();
            throw e;
        }
    }

    private void add(String listener, ServerSocketChannel channel) throws IOException {
        waiting.put(listener, channel);
        ports.put(listener, ((InetSocketAddress) channel.getLocalAddress()).getPort());
    }

    /** Listener name to port, in the order asked for. */
    Map<String, Integer> ports() {
        return Map.copyOf(ports);
    }

    @Override
    public ServerSocketChannel openServerSocket(String listener, InetSocketAddress address, int backlog, int buffer)
            throws IOException {
        ServerSocketChannel channel = waiting.remove(listener);
        if (channel == null) {
            throw new IOException("no socket was bound for listener " + listener + "; known: " + ports.keySet());
        }
        channel.configureBlocking(false);
        return channel;
    }

    /** Closes the sockets that nobody took. */
    @Override
    public void close() throws IOException {
        for (ServerSocketChannel channel : waiting.values()) {
            channel.close();
        }
        waiting.clear();
    }

    private static ServerSocketChannel bindFree() throws IOException {
        for (int i = 0; i < TRIES; i++) {
            try {
                return bind(ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT));
            } catch (BindException e) {
                // taken by someone else: the next draw is another port
            }
        }
        throw new BindException("no free port on 127.0.0.1 between " + LOWEST_PORT + " and " + HIGHEST_PORT + " in "
                + TRIES + " tries");
    }

    private static ServerSocketChannel bindPatiently(int port, Duration patience) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return bind(port);
            } catch (BindException e) {
                if (System.nanoTime() > end) {
                    throw new IOException("port " + port + " is not free again after " + patience, e);
                }
                pause();
            }
        }
    }

    private static ServerSocketChannel bind(int port) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.socket().setReuseAddress(true);
            channel.bind(new InetSocketAddress(loopback(), port), BACKLOG);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** IPv4, because clients are told 127.0.0.1. */
    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for a port", e);
        }
    }
}
