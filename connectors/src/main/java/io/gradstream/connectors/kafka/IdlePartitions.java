package io.gradstream.connectors.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of a reader's partitions hold nobody's event time back: those that have given nothing for a while, and have been read to their end
 * as Kafka says.
 *
 * <p>Kafka is asked in a thread of its own, only about partitions that are silent, and again and again while they are. While it does not answer, or
 * says that there is more, none of them is idle, nor one that was: what is written during an outage is waited for. An outage is known for one after a
 * question of half a second; those that follow have more time, so that a slow network does not stop event time. The thread only judges offsets; the
 * task's thread marks a partition where it still is at the offset that was judged.
 *
 * <p>One that is marked is read on from its end. Its own offset would stay before what ends a transaction, say, for as long as no record comes; retention
 * takes that, too, and a restored job would then miss records that never were.
 */
final class IdlePartitions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IdlePartitions.class);
    private static final Duration OFTENEST = Duration.ofMillis(100);
    private static final Duration SELDOMEST = Duration.ofSeconds(1);
    private static final Duration USUAL_PATIENCE = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Duration after;
    private final Supplier<PartitionEnds> ask;
    private final Runnable wakeTask;
    private final Map<String, Silence> partitions = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile PartitionEnds ends;
    private volatile boolean judged;
    private volatile Map<TopicPartition, Rest> readToEnd = Map.of();
    private int unanswered;

    /** Whether the last answer took long, or did not come. */
    private boolean patient;

    /** Those that are marked; of the task's thread. */
    private final Set<String> idle = new HashSet<>();

    /**
     * @param after how long a partition must have given nothing
     * @param ask makes the client that asks, in the thread that does
     * @param wakeTask makes the task's thread look at {@link #areJudged}
     */
    IdlePartitions(Duration after, Supplier<PartitionEnds> ask, Runnable wakeTask) {
        this.after = after;
        this.ask = ask;
        this.wakeTask = wakeTask;
        thread = new Thread(this::judgeUntilClosed, "idle-partitions");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** One that is read from now on. */
    void added(KafkaPartitionSplitState partition) {
        partitions.put(partition.splitId(), new Silence(partition));
    }

    /** Those that are not read any more. */
    void removed(Set<String> splits) {
        partitions.keySet().removeAll(splits);
        idle.removeAll(splits);
    }

    /** Whether there is something to {@link #mark}. */
    boolean areJudged() {
        return judged;
    }

    /** Marks those that are idle, and no longer those that were. In the task's thread. */
    void mark(ReaderOutput<?> output) {
        judged = false;
        Map<TopicPartition, Rest> now = readToEnd;
        partitions.forEach((split, silence) -> {
            Rest rest = now.get(silence.partition());
            if (rest != null && silence.passOver(rest)) {
                idle.add(split);
                output.createOutputForSplit(split).markIdle();
            } else if (idle.remove(split)) {
                output.createOutputForSplit(split).markActive();
            }
        });
    }

    private void judgeUntilClosed() {
        long pause = Math.max(OFTENEST.toMillis(), Math.min(SELDOMEST.toMillis(), after.toMillis() / 10));
        try {
            while (!closed.await(pause, TimeUnit.MILLISECONDS)) {
                judge();
            }
        } catch (InterruptedException | WakeupException e) {
            // It is closed.
        } finally {
            if (ends != null) {
                ends.close();
            }
        }
    }

    private void judge() {
        long now = System.nanoTime();
        Map<TopicPartition, Long> silent = new HashMap<>();
        partitions.values().forEach(each -> each.addIfSilent(now, after.toNanos(), silent));
        Map<TopicPartition, Rest> before = readToEnd;
        Map<TopicPartition, Rest> found = new HashMap<>();
        if (!silent.isEmpty()) {
            ends(silent).forEach((partition, end) -> {
                long from = silent.get(partition);
                found.put(partition, new Rest(from, Math.max(from, end)));
            });
            partitions.values().forEach(each -> each.rest = found.get(each.partition()));
        }
        readToEnd = found;
        if (!found.isEmpty() || !before.isEmpty()) {
            judged = true;
            wakeTask.run();
        }
    }

    private Map<TopicPartition, Long> ends(Map<TopicPartition, Long> silent) {
        try {
            if (ends == null) {
                ends = ask.get();
            }
            long asked = System.nanoTime();
            Map<TopicPartition, Long> answer = ends.readToEnd(silent, patient ? PATIENCE : USUAL_PATIENCE);
            patient = System.nanoTime() - asked > USUAL_PATIENCE.toNanos() / 2;
            if (unanswered > 1) {
                LOG.info("Kafka says again whether {} have been read to their end", silent.keySet());
            }
            unanswered = 0;
            return answer;
        } catch (WakeupException e) {
            throw e;
        } catch (RuntimeException e) {
            patient = true;
            unanswered++;
            if (unanswered == 2) {
                LOG.warn(
                        "{} give nothing, and Kafka does not say whether they have been read to their end: event time waits for them. {}",
                        silent.keySet(),
                        e.toString());
            }
            return Map.of();
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed.countDown();
        PartitionEnds asked = ends;
        if (asked != null) {
            asked.wakeup();
        }
        thread.join(PATIENCE.toMillis());
    }

    /** From an offset to the end, with no record in between that a reader is given. */
    private record Rest(long from, long end) {}

    /** How long a partition has been at its offset. */
    private static final class Silence {
        private final KafkaPartitionSplitState state;

        /** These are of the thread that asks. */
        private long seen;

        private long since;
        private Rest rest;

        Silence(KafkaPartitionSplitState state) {
            this.state = state;
            seen = offset();
            since = System.nanoTime();
        }

        TopicPartition partition() {
            return state.getTopicPartition();
        }

        /** Of the record that is given next. Another thread may see an older one, where more would be found to read. */
        private long offset() {
            return state.getCurrentOffset();
        }

        /** In the thread that asks. Where the task has passed over what was found to be the rest, it was given nothing. */
        void addIfSilent(long now, long after, Map<TopicPartition, Long> silent) {
            long offset = offset();
            if (offset != seen) {
                boolean passedOver = rest != null && rest.from == seen && rest.end == offset;
                since = passedOver ? since : now;
                seen = offset;
            }
            if (now - since >= after) {
                silent.put(partition(), offset);
            }
        }

        /** In the task's thread: false where a record came since. */
        boolean passOver(Rest found) {
            if (offset() == found.from) {
                state.setCurrentOffset(found.end);
            }
            return offset() == found.end;
        }
    }
}
