package io.gradstream.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.SharedServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.common.MetadataVersion;
import org.apache.kafka.server.fault.FaultHandler;
import org.apache.kafka.server.fault.FaultHandlerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * One run of broker and controller. Wired as {@code KafkaRaftServer} does, but with sockets that are already bound and
 * with faults that are logged instead of halting the process.
 */
final class BrokerNode {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerNode.class);
    private static final Duration CONTROLLED_WITHIN = Duration.ofSeconds(10);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(30);
    static final int NODE_ID = 1;

    private final ControllerServer controller;
    private final BrokerServer broker;

    private BrokerNode(ControllerServer controller, BrokerServer broker) {
        this.controller = controller;
        this.broker = broker;
    }

    /** Makes an empty folder a Kafka folder; leaves one that already is as it was. */
    static void format(Path folder, String controllerListener) throws IOException {
        Files.createDirectories(folder);
        if (Files.exists(folder.resolve("meta.properties"))) {
            return;
        }
        try (PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(NODE_ID)
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setControllerListenerName(controllerListener)
                    .setMetadataLogDirectory(folder.toString())
                    .addDirectory(folder.toString())
                    .setPrintStream(silent)
                    .run();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("cannot make " + folder + " a Kafka folder: " + e.getMessage(), e);
        }
    }

    /** Starts and returns when clients are served. */
    static BrokerNode start(Properties properties, LoopbackSockets sockets) throws IOException {
        // Kafka halts the process when its only folder fails; here the process is someone else's.
        Exit.setHaltProcedure(BrokerNode::refuseToEnd);
        Exit.setExitProcedure(BrokerNode::refuseToEnd);
        KafkaConfig config = KafkaConfig.fromProps(properties, false);
        Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> folders =
                KafkaRaftServer.initializeLogDirs(config, LOG, "[embedded broker] ");
        SharedServer shared = new SharedServer(
                config,
                folders._1(),
                Time.SYSTEM,
                new Metrics(),
                CompletableFuture.completedFuture(
                        QuorumConfig.parseVoterConnections(config.quorumConfig().voters())),
                QuorumConfig.parseBootstrapServers(config.quorumConfig().bootstrapServers()),
                BrokerNode::faults,
                sockets);
        BrokerNode node = new BrokerNode(
                new ControllerServer(shared, KafkaRaftServer.configSchema(), folders._2()), new BrokerServer(shared));
        try {
            node.controller.startup();
            node.broker.startup();
            return node;
        } catch (RuntimeException e) {
            node.stop();
            throw new IOException("the embedded broker did not start: " + e.getMessage(), e);
        }
    }

    /**
     * Stops cleanly: logs are flushed and every thread has ended on return. A broker that failed inside may never end;
     * it is left behind after a while.
     */
    void stop() {
        Thread stopper = new Thread(this::shutDown, "embedded-broker-stop");
        stopper.setDaemon(true);
        stopper.start();
        try {
            stopper.join(STOP_WITHIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (stopper.isAlive()) {
            LOG.error(
                    "The embedded broker has not stopped within {} s; its threads are left behind",
                    STOP_WITHIN.toSeconds());
        }
    }

    private void shutDown() {
        broker.shutdown(CONTROLLED_WITHIN);
        broker.awaitShutdown();
        controller.shutdown();
        controller.awaitShutdown();
    }

    private static FaultHandler faults(String name, boolean fatal, Runnable action) {
        return (message, cause) -> {
            LOG.error("Embedded broker, {}: {}", name, message, cause);
            action.run();
            return new FaultHandlerException(name + ": " + message, cause);
        };
    }

    private static void refuseToEnd(int status, String message) {
        throw new IllegalStateException(
                "the embedded broker failed and wanted to end the process (status " + status + "): " + message);
    }
}
