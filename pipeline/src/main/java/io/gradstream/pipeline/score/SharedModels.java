package io.gradstream.pipeline.score;

import io.gradstream.connectors.records.Snapshot;
import io.gradstream.model.Model;
import io.gradstream.model.ModelSpec;
import io.gradstream.model.snapshots.SnapshotException;
import io.gradstream.pipeline.config.Pipeline;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest model of one job in one JVM: read once, shared by all subtasks there. Counted references: the first subtask starts
 * the feed, the last one ends it.
 */
final class SharedModels implements ModelFeed.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(SharedModels.class);
    private static final Map<Key, SharedModels> OPEN = new HashMap<>();

    private final Key key;
    private final Pipeline pipeline;
    private final ModelSpec spec;
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong unreadable = new AtomicLong();
    private volatile ServedModel newest;
    private volatile String lastProblem = "";
    private volatile Source source = Source.UNREAD;
    private AutoCloseable feed;
    private int users;

    /** What is known of where the models come from. */
    enum Source {
        /** Not looked at to its end, or not since it could not be read. */
        UNREAD,
        MISSING,
        READ
    }

    /**
     * Which models.
     *
     * @param job id of the Flink job
     * @param model name of the model
     */
    record Key(String job, String model) {}

    private SharedModels(Key key, Pipeline pipeline) {
        this.key = key;
        this.pipeline = pipeline;
        this.spec = pipeline.model();
    }

    /** One more user of the job's models here. Each must {@link #release} them once. */
    static SharedModels acquire(Key key, Pipeline pipeline, ModelFeed feed) {
        synchronized (OPEN) {
            SharedModels models = OPEN.get(key);
            if (models == null) {
                models = new SharedModels(key, pipeline);
                models.feed = feed.start(models);
                OPEN.put(key, models);
            }
            models.users++;
            return models;
        }
    }

    /** One user less; the last one ends the feed. */
    void release() throws Exception {
        AutoCloseable ended = null;
        synchronized (OPEN) {
            if (--users == 0) {
                OPEN.remove(key);
                ended = feed;
            }
        }
        if (ended != null) {
            ended.close();
        }
    }

    /** The newest model, or null if there is none yet. */
    ServedModel newest() {
        return newest;
    }

    /** Snapshots that were refused. */
    long refused() {
        return refused.get();
    }

    /** Why the last one was refused, or none could be read; empty if nothing was. */
    String lastProblem() {
        return lastProblem;
    }

    /** Times that the models could not be read, or there was nothing to read them from. */
    long unreadable() {
        return unreadable.get();
    }

    /** What is known by now of where the models come from. */
    Source source() {
        return source;
    }

    @Override
    public void accepted(Snapshot snapshot) {
        Model model = read(snapshot);
        ServedModel served = new ServedModel(
                model,
                snapshot.manifest().lineage(),
                snapshot.manifest().version(),
                snapshot.manifest().createdEventTime());
        synchronized (this) {
            newest = served;
            notifyAll();
        }
        LOG.info("model '{}' is now version {} of lineage {}", key.model(), served.version(), served.lineage());
    }

    @Override
    public void refused(String problem) {
        lastProblem = problem;
        refused.incrementAndGet();
        LOG.warn("model '{}' stays as it is: {}", key.model(), problem);
    }

    @Override
    public void unreadable(String problem) {
        lost(Source.UNREAD, problem);
    }

    @Override
    public void missing() {
        lost(Source.MISSING, "their topic is not there");
    }

    private void lost(Source now, String problem) {
        source = now;
        lastProblem = problem;
        unreadable.incrementAndGet();
        LOG.warn("model '{}' stays as it is: {}", key.model(), problem);
    }

    @Override
    public void found() {
        source = Source.UNREAD;
    }

    @Override
    public void caughtUp() {
        source = Source.READ;
    }

    /** Waits until another model than {@code known} is there, or the time is over. */
    synchronized ServedModel await(ServedModel known, long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        while (newest == known) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                break;
            }
            wait(left);
        }
        return newest;
    }

    private Model read(Snapshot snapshot) {
        try {
            Model model = Model.read(snapshot.bytes());
            spec.difference(model.spec())
                    .ifPresent(difference -> refuse(model, "has another spec than this pipeline: " + difference));
            pipeline.difference(model.info().about())
                    .ifPresent(difference -> refuse(model, "learned in another pipeline: " + difference));
            return model;
        } catch (SnapshotException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static void refuse(Model model, String why) {
        throw new IllegalArgumentException("version " + model.info().version() + " of lineage "
                + model.info().lineage() + " " + why);
    }
}
