package io.gradstream.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.awaitility.Awaitility;

/** Ends of the TaskManager of a cluster that has one at a time: one of these for each cluster. */
final class Kills {
    /** While a job is fed. */
    static final int WHILE_FED = 4;

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /** Index of the TaskManager that lives; each new one gets the next. */
    private int taskManager;

    /** Another one takes its place. */
    void kill(MiniCluster flink) throws Exception {
        flink.terminateTaskManager(taskManager++).get();
        flink.startTaskManager();
    }

    /**
     * Writes while the job runs, and kills its TaskManager four times, each time when all of the job runs there: a TaskManager that has nothing of it would
     * be no loss.
     *
     * @param rows how many events are written in all, so many at once
     * @param feed writes from its number on
     */
    void whileFed(Shop shop, MiniCluster flink, JobClient job, int rows, int atOnce, IntConsumer feed)
            throws Exception {
        ScheduledExecutorService feeder = Executors.newSingleThreadScheduledExecutor();
        try {
            AtomicInteger next = new AtomicInteger();
            ScheduledFuture<?> feeding = feeder.scheduleAtFixedRate(
                    () -> {
                        if (next.get() < rows) {
                            feed.accept(next.getAndAdd(atOnce));
                        }
                    },
                    0,
                    50,
                    TimeUnit.MILLISECONDS);
            for (int kill = 1; kill <= WHILE_FED; kill++) {
                shop.awaitPrediction("v" + kill * rows / 6);
                Awaitility.await("a job that runs").atMost(PATIENCE).until(() -> Shop.runs(flink, job));
                kill(flink);
                int attempts = kill;
                Awaitility.await().atMost(PATIENCE).until(() -> Shop.attempts(flink, job) >= attempts);
            }
            Awaitility.await().atMost(PATIENCE).until(() -> next.get() >= rows || feeding.isDone());
            assertThat(feeding.isDone()).as("ended by an error").isFalse();
        } finally {
            feeder.shutdown();
            assertThat(feeder.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        }
    }
}
