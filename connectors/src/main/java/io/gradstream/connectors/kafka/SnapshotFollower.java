package io.gradstream.connectors.kafka;

import io.gradstream.connectors.records.Snapshot;
import io.gradstream.connectors.records.SnapshotAssembler;
import io.gradstream.connectors.records.SnapshotManifest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the snapshots of one model in a topic: reads it from the beginning, {@code read_committed}, on a daemon thread
 * of its own, and hands each newer good snapshot to its listener.
 *
 * <p>While there is more to read only the newest of several snapshots is handed over. A broker that goes away is waited
 * for; a topic that is not there, yet or any more, is too.
 */
public final class SnapshotFollower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotFollower.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration HAND_OVER_WITHIN = Duration.ofSeconds(1);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration END_WITHIN = Duration.ofSeconds(10);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

    /** What a follower tells; called on the follower's thread. */
    public interface Listener {
        /** A good snapshot, newer than the one before. One that throws has refused it. */
        void accepted(Snapshot snapshot);

        /** A snapshot was not taken; the last good one stays. One sentence. */
        void refused(String problem);

        /** The topic cannot be read for now, and is read from its beginning when it can be; the last good one stays. One sentence. */
        void unreadable(String problem);

        /** Kafka answers that there is no such topic, or none any more; it is waited for, and the last good snapshot stays. */
        void missing();

        /** The topic that was {@link #missing} is there now, and is read from its beginning. */
        void found();

        /** All that was in the topic when the follower began, or began anew after a failure, was read. */
        void caughtUp();
    }

    private final Map<String, String> client;
    private final String topic;
    private final String model;
    private final Listener listener;
    private final KafkaFailures failures;
    private final Thread thread;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile SnapshotTopicReader reader;
    private SnapshotAssembler.Floor floor;
    private SnapshotManifest last;
    private boolean isMissing;
    private Duration pause = FIRST_PAUSE;

    private SnapshotFollower(
            Map<String, String> client, String topic, String model, SnapshotAssembler.Floor floor, Listener listener) {
        this.client = Map.copyOf(client);
        this.topic = topic;
        this.model = model;
        this.floor = floor;
        this.listener = listener;
        this.failures = new KafkaFailures(client, LONGEST_PAUSE);
        this.thread = new Thread(this::run, "gradstream-snapshots-" + model);
        thread.setDaemon(true);
    }

    /**
     * Starts following.
     *
     * @param client Kafka's client properties
     * @param topic the snapshots topic
     * @param model the model's name
     * @param floor the oldest version to take, or null
     */
    public static SnapshotFollower start(
            Map<String, String> client, String topic, String model, SnapshotAssembler.Floor floor, Listener listener) {
        SnapshotFollower follower = new SnapshotFollower(client, topic, model, floor, listener);
        follower.thread.start();
        return follower;
    }

    /**
     * The newest good snapshot that is committed in the topic when this is called.
     *
     * @return empty when the topic holds none of this model
     * @throws SnapshotTopicException if the topic is not there or cannot be read to its end within {@code patience}
     */
    public static Optional<Snapshot> latest(Map<String, String> client, String topic, String model, Duration patience)
            throws SnapshotTopicException {
        long deadline = System.nanoTime() + patience.toNanos();
        try (SnapshotTopicReader reader = new SnapshotTopicReader(
                client, topic, model, null, problem -> LOG.warn("Topic {}: {}", topic, problem))) {
            if (!reader.exists(patience)) {
                throw new SnapshotTopicException(
                        "Snapshots topic '" + topic + "' is not there; correct its name, or start from scratch.", null);
            }
            long end = reader.end(patience);
            while (reader.position(patience) < end) {
                if (System.nanoTime() > deadline) {
                    throw new SnapshotTopicException(
                            "Snapshots topic '" + topic + "' was read only to offset " + reader.position(patience)
                                    + " of " + end + " within " + patience.toSeconds()
                                    + " s; try again with more time.",
                            null);
                }
                reader.poll(Duration.ofMillis(100));
            }
            reader.caughtUp();
            return reader.takeNewest();
        } catch (KafkaException e) {
            throw new SnapshotTopicException(new KafkaFailures(client, patience).sentence(e), e);
        }
    }

    /** Stops; the listener is not called any more once this returns. */
    @Override
    public void close() {
        closed.countDown();
        SnapshotTopicReader open = reader;
        if (open != null) {
            open.wakeup();
        }
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join(END_WITHIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn("{} has not ended within {} s", thread.getName(), END_WITHIN.toSeconds());
        }
    }

    private void run() {
        while (!isClosed(Duration.ZERO)) {
            try {
                follow();
            } catch (WakeupException | InterruptException e) {
                return;
            } catch (RuntimeException | OutOfMemoryError e) {
                LOG.warn("Cannot follow topic {}", topic, e);
                isMissing = false;
                String problem = "snapshots of " + model + " cannot be read from topic '" + topic + "' for now: "
                        + failures.sentence(e);
                tell(() -> listener.unreadable(problem));
                if (isClosed(pause)) {
                    return;
                }
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }

    /**
     * Until the topic has gone. What lies in it at first is read to its end before anything is handed over: it may begin with old news.
     */
    private void follow() {
        try (SnapshotTopicReader open = new SnapshotTopicReader(client, topic, model, floor, this::tellRefused)) {
            reader = open;
            awaitTopic(open);
            boolean wasAtEnd = false;
            long waitingSince = 0;
            while (!isClosed(Duration.ZERO)) {
                boolean waited = open.hasNewest();
                open.poll(POLL);
                if (open.hasNewest() && !waited) {
                    waitingSince = System.nanoTime();
                }
                boolean atEnd = open.atEnd();
                boolean tooLong = wasAtEnd && System.nanoTime() - waitingSince > HAND_OVER_WITHIN.toNanos();
                if (atEnd || tooLong) {
                    open.takeNewest().ifPresent(this::handOver);
                }
                if (atEnd) {
                    open.caughtUp();
                }
                if (atEnd && !wasAtEnd) {
                    wasAtEnd = true;
                    pause = FIRST_PAUSE;
                    tell(listener::caughtUp);
                }
                if (!isStillThere(open)) {
                    return;
                }
            }
        } finally {
            reader = null;
        }
    }

    private void awaitTopic(SnapshotTopicReader open) {
        while (!topicIsThere(open) && !isClosed(FIRST_PAUSE)) {
            LOG.debug("Topic {} is still not there", topic);
        }
    }

    /** A topic of which no broker says anything is taken to be there: it is read on from where it was when one answers. */
    private boolean isStillThere(SnapshotTopicReader open) {
        try {
            return topicIsThere(open);
        } catch (TimeoutException e) {
            LOG.debug("No broker says whether topic {} is still there", topic, e);
            return true;
        }
    }

    /** Tells when this has changed. */
    private boolean topicIsThere(SnapshotTopicReader open) {
        boolean there = open.exists(ANSWER_WITHIN);
        if (!there && !isMissing) {
            LOG.warn("Topic {} is not there; it is waited for", topic);
            tell(listener::missing);
        } else if (there && isMissing) {
            LOG.info("Topic {} is there now", topic);
            tell(listener::found);
        }
        isMissing = !there;
        return there;
    }

    private void handOver(Snapshot snapshot) {
        if (isClosed(Duration.ZERO) || snapshot.manifest().equals(last)) {
            return;
        }
        last = snapshot.manifest();
        floor = new SnapshotAssembler.Floor(last.lineage(), last.version());
        try {
            listener.accepted(snapshot);
        } catch (RuntimeException e) {
            LOG.warn("Snapshot of {}, version {}, was not accepted", model, floor.version(), e);
            tellRefused("snapshot of " + model + ", version " + floor.version() + ", is not taken: " + e.getMessage());
        }
    }

    private void tellRefused(String problem) {
        LOG.warn("Topic {}: {}", topic, problem);
        tell(() -> listener.refused(problem));
    }

    private void tell(Runnable news) {
        if (isClosed(Duration.ZERO)) {
            return;
        }
        try {
            news.run();
        } catch (RuntimeException e) {
            LOG.error("The listener for snapshots of {} failed", model, e);
        }
    }

    private boolean isClosed(Duration within) {
        try {
            return closed.await(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
