package io.gradstream.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * A Kafka broker inside this process: one node, KRaft, loopback only, on free ports, in a folder of its own.
 *
 * <pre>{@code
 * try (EmbeddedBroker broker = EmbeddedBroker.start(folder)) {
 *     broker.createTopic("flights", 2);
 *     // broker.bootstrap() is what goes into bootstrap.servers
 * }
 * }</pre>
 *
 * <p>Started again on the same folder it has the same topics and records. {@link #stop} and {@link #restart} keep folder
 * and ports, so clients reconnect by themselves. Methods are safe to call from several threads.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final String CLIENTS = "CLIENTS";
    private static final String INTERNAL = "INTERNAL";
    private static final String CONTROLLER = "CONTROLLER";
    private static final List<String> OWN = List.of(CLIENTS, INTERNAL, CONTROLLER);
    private static final String ADVERTISED = "advertised.listeners";
    private static final Duration PORT_PATIENCE = Duration.ofSeconds(20);

    private final Path folder;
    private final boolean temporary;
    private final Map<String, String> settings;
    private final Map<String, Integer> ports;
    private BrokerNode node;
    private FolderLock lock;

    private EmbeddedBroker(Path folder, boolean temporary, Map<String, String> settings) throws IOException {
        for (String fixed : List.of("listeners", "log.dirs", "log.dir", "node.id", "process.roles")) {
            if (settings.containsKey(fixed)) {
                throw new IllegalArgumentException("the embedded broker sets '" + fixed + "' itself; leave it out");
            }
        }
        this.folder = folder.toAbsolutePath();
        this.temporary = temporary;
        this.settings = Map.copyOf(settings);
        LoopbackSockets sockets = LoopbackSockets.free(
                Stream.concat(OWN.stream(), further().stream()).toList());
        this.ports = sockets.ports();
        run(sockets);
    }

    /**
     * Starts a broker that keeps its data in {@code folder}, which is made when missing.
     *
     * @throws IOException if the folder cannot be used or the broker does not start
     */
    public static EmbeddedBroker start(Path folder) throws IOException {
        return start(folder, Map.of());
    }

    /**
     * The same, with broker settings such as {@code transaction.max.timeout.ms} put over the defaults. The listener that
     * clients use is named {@code CLIENTS}, for {@code listener.security.protocol.map} and the like. For clients that come
     * another way, through a proxy for instance, {@code advertised.listeners} may name further ones, each with the address that
     * they are told: {@code PROXIED://127.0.0.1:7777}. {@link #address} is where such a one listens.
     */
    public static EmbeddedBroker start(Path folder, Map<String, String> settings) throws IOException {
        return new EmbeddedBroker(folder, false, settings);
    }

    /** Starts a broker in a new temporary folder, which {@link #close} deletes. */
    public static EmbeddedBroker startTemporary(Map<String, String> settings) throws IOException {
        Path folder = Files.createTempDirectory("gradstream-broker-");
        try {
            return new EmbeddedBroker(folder, true, settings);
        } catch (IOException | RuntimeException e) {
            delete(folder);
            throw e;
        }
    }

    /** What goes into {@code bootstrap.servers}: {@code 127.0.0.1:port}, the same for the whole life of this broker. */
    public String bootstrap() {
        return address(CLIENTS);
    }

    /** Where a listener listens: {@code 127.0.0.1:port}, the same for the whole life of this broker. */
    public String address(String listener) {
        Integer port = ports.get(listener);
        if (port == null) {
            throw new IllegalArgumentException("there is no listener '" + listener + "' among " + ports.keySet());
        }
        return "127.0.0.1:" + port;
    }

    /** Where the data is. */
    public Path folder() {
        return folder;
    }

    /** Whether it is started. */
    public synchronized boolean isRunning() {
        return node != null;
    }

    /** Makes a topic; one that is there already is an error. */
    public void createTopic(String name, int partitions) {
        createTopic(name, partitions, Map.of());
    }

    /** Makes a topic with topic settings such as {@code cleanup.policy}. */
    public void createTopic(String name, int partitions, Map<String, String> topicSettings) {
        createTopics(List.of(new NewTopic(name, partitions, (short) 1).configs(topicSettings)));
    }

    /** Makes several topics at once and returns when clients can see them. */
    public void createTopics(List<NewTopic> topics) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address(INTERNAL)))) {
            admin.createTopics(topics).all().get();
            Set<String> names = topics.stream().map(NewTopic::name).collect(Collectors.toSet());
            while (!admin.listTopics().names().get().containsAll(names)) {
                Thread.onSpinWait();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "topics could not be made: " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while making topics", e);
        }
    }

    /** Stops serving, keeping folder and ports for {@link #restart}. Does nothing when stopped. */
    public synchronized void stop() {
        if (node != null) {
            node.stop();
            node = null;
            unlock();
        }
    }

    /**
     * Stops, when it is running, and starts again on the same folder and ports.
     *
     * @throws IOException if a port was taken meanwhile or the broker does not start
     */
    public synchronized void restart() throws IOException {
        stop();
        run(LoopbackSockets.again(ports, PORT_PATIENCE));
    }

    /** Stops for good; deletes a temporary folder. */
    @Override
    public synchronized void close() {
        stop();
        if (temporary) {
            delete(folder);
        }
    }

    private synchronized void run(LoopbackSockets sockets) throws IOException {
        try (sockets) {
            lock = FolderLock.take(folder);
            BrokerNode.format(folder, CONTROLLER);
            node = BrokerNode.start(properties(), sockets);
        } finally {
            if (node == null && lock != null) {
                unlock();
            }
        }
    }

    private void unlock() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unlock " + folder, e);
        }
        lock = null;
    }

    /** Names of the listeners beside its own. */
    private List<String> further() {
        Set<String> names = new LinkedHashSet<>();
        for (String each : settings.getOrDefault(ADVERTISED, "").split(",")) {
            String name = each.strip().replaceFirst(":.*", "");
            if (OWN.contains(name) || !name.isEmpty() && !names.add(name)) {
                throw new IllegalArgumentException(ADVERTISED + ": '" + name + "' "
                        + (OWN.contains(name) ? "is the embedded broker's own; leave it out" : "is there twice"));
            }
        }
        return List.copyOf(names);
    }

    private String listeners(Collection<String> names) {
        return names.stream().map(name -> name + "://" + address(name)).collect(Collectors.joining(","));
    }

    /** One node's settings: nothing is replicated, and pools and caches are as small as one laptop's load needs. */
    private Properties properties() {
        Map<String, String> all = new TreeMap<>();
        all.put("process.roles", "broker,controller");
        all.put("node.id", Integer.toString(BrokerNode.NODE_ID));
        all.put("log.dirs", folder.toString());
        all.put("listeners", listeners(ports.keySet()));
        all.put(
                "listener.security.protocol.map",
                ports.keySet().stream().map(name -> name + ":PLAINTEXT").collect(Collectors.joining(",")));
        all.put("inter.broker.listener.name", INTERNAL);
        all.put("controller.listener.names", CONTROLLER);
        all.put("controller.quorum.voters", BrokerNode.NODE_ID + "@" + address(CONTROLLER));
        all.put("auto.create.topics.enable", "false");
        all.put("group.initial.rebalance.delay.ms", "0");
        for (String topic : List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
            all.put(topic + ".replication.factor", "1");
            all.put(topic + ".num.partitions", "2");
        }
        all.put("transaction.state.log.min.isr", "1");
        all.put("share.coordinator.state.topic.min.isr", "1");
        all.put("num.network.threads", "2");
        all.put("num.io.threads", "4");
        all.put("background.threads", "2");
        all.put("log.cleaner.dedupe.buffer.size", "16777216");
        all.putAll(settings);
        all.computeIfPresent(ADVERTISED, (key, given) -> listeners(List.of(CLIENTS, INTERNAL)) + "," + given);
        Properties properties = new Properties();
        all.forEach(properties::setProperty);
        return properties;
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + folder, e);
        }
    }
}
