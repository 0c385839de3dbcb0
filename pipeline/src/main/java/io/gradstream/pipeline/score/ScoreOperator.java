package io.gradstream.pipeline.score;

import io.gradstream.connectors.records.DeadLetter;
import io.gradstream.connectors.records.Outgoing;
import io.gradstream.connectors.records.Prediction;
import io.gradstream.model.Scorer;
import io.gradstream.model.WarmUp;
import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.examples.BadRecord;
import io.gradstream.pipeline.examples.Example;
import io.gradstream.pipeline.examples.Incoming;
import io.gradstream.pipeline.learn.DeadLetterLines;
import io.gradstream.pipeline.learn.MicroBatch;
import io.gradstream.pipeline.learn.MicroBatch.Then;
import io.gradstream.pipeline.learn.NotScored;
import io.gradstream.pipeline.learn.ScoredSoon;
import io.gradstream.pipeline.score.SharedModels.Key;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scores events with the newest model, which is swapped between two micro-batches. {@link #open} waits for the first one: an
 * event that cannot be scored is not read.
 */
public final class ScoreOperator extends AbstractStreamOperator<Outgoing>
        implements OneInputStreamOperator<Incoming, Outgoing> {

    private static final long serialVersionUID = 1;
    private static final Logger LOG = LoggerFactory.getLogger(ScoreOperator.class);
    private static final int MICRO_BATCH = 64;
    private static final long SAY_SO_EVERY = 10_000;

    private final Pipeline pipeline;
    private final ModelFeed feed;
    private transient Floor floor;
    private transient ListState<byte[]> floorState;
    private transient SharedModels models;
    private transient ServedModel model;
    private transient Scorer scorer;
    private transient MicroBatch rows;
    private transient Prediction prediction;
    private transient StreamRecord<Outgoing> outgoing;
    private transient ScoredSoon soon;
    private transient DeadLetterLines deadLetters;
    private transient long events;
    private transient long deadEvents;
    private transient long swaps;
    private transient long newest;

    /** @param feed where models come from */
    public ScoreOperator(Pipeline pipeline, ModelFeed feed) {
        this.pipeline = pipeline.withoutFirstModel();
        this.feed = feed;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        floor = new Floor();
        floorState = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>("served-versions", BytePrimitiveArraySerializer.INSTANCE));
        for (byte[] bytes : floorState.get()) {
            floor.merge(bytes);
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        prediction = new Prediction();
        deadLetters = new DeadLetterLines();
        outgoing = new StreamRecord<>(null);
        newest = Long.MIN_VALUE;
        Key key = new Key(getContainingTask().getEnvironment().getJobID().toString(), pipeline.name());
        models = SharedModels.acquire(key, pipeline, feed);
        model = firstModel();
        floor.raise(model);
        scorer = model.model().scorer(MICRO_BATCH);
        rows = new MicroBatch(model.model().layout(), model.model().outputs(), MICRO_BATCH);
        soon = new ScoredSoon(this::flush, getProcessingTimeService());
        registerMetrics();
        WarmUp warmed = WarmUp.scoring(
                pipeline.model(),
                MICRO_BATCH,
                Duration.ofMillis(pipeline.running().warmUpMillis()));
        LOG.info("pipeline '{}': {}", pipeline.name(), warmed.text());
        LOG.info(
                "pipeline '{}' scores from version {} of lineage {}",
                pipeline.name(),
                model.version(),
                model.lineage());
    }

    private ServedModel firstModel() throws Exception {
        long end = System.nanoTime() + pipeline.running().waitForModelMillis() * 1_000_000;
        ServedModel seen = models.newest();
        while (seen == null || !floor.allows(seen)) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw none(seen);
            }
            LOG.info("pipeline '{}' waits for its first model; {}", pipeline.name(), found(seen));
            seen = models.await(seen, Math.min(left, SAY_SO_EVERY));
        }
        return seen;
    }

    /** What may be there but cannot be read is waited for anew, with the next attempt. */
    private Exception none(ServedModel seen) {
        String what = "no model '" + pipeline.name() + "' came within wait-for-model = "
                + pipeline.running().waitForModelMillis() + " ms; ";
        String topic = pipeline.outputs().snapshots();
        return switch (models.source()) {
            case READ ->
                new NoModelException(
                        what + found(seen) + ". Is its main job running, and publishing to topic '" + topic + "'?");
            case MISSING ->
                new NoModelException(what + "there is no topic '" + topic
                        + "' that this user may see. Make it again (one partition, cleanup.policy=compact), let the main job"
                        + " publish into it, and start the scoring job from its last checkpoint.");
            case UNREAD ->
                new IOException(what + "topic '" + topic + "' could not be read to its end" + lastProblem()
                        + ". Is Kafka there?");
        };
    }

    private String found(ServedModel seen) {
        return seen == null
                ? "there is none (" + models.refused() + " snapshots were refused" + lastProblem() + ")"
                : "there is version " + seen.version() + " of lineage " + seen.lineage()
                        + ", but what was served before was " + floor;
    }

    private String lastProblem() {
        return models.lastProblem().isEmpty() ? "" : "; the last problem: " + models.lastProblem();
    }

    private void registerMetrics() {
        for (ScoreMetric metric : ScoreMetric.values()) {
            metric.register(getMetricGroup(), this);
        }
    }

    @Override
    public void processElement(StreamRecord<Incoming> element) throws Exception {
        Incoming row = element.getValue();
        events++;
        if (row instanceof Example example) {
            if (rows.isEmpty()) {
                swap();
            }
            rows.add(example, Then.FORGET, false, 0, 0);
            if (rows.isFull()) {
                flush();
            }
        } else if (row instanceof BadRecord bad) {
            deadLetter(bad.content());
        }
        soon.rowTaken(!rows.isEmpty());
    }

    private void deadLetter(DeadLetter letter) {
        deadEvents++;
        output.collect(outgoing.replace(deadLetters.tell(letter)));
    }

    private void swap() {
        ServedModel now = models.newest();
        if (now != model && floor.allows(now)) {
            scorer.use(now.model());
            model = now;
            floor.raise(now);
            swaps++;
        }
    }

    private void flush() {
        if (rows.isEmpty()) {
            return;
        }
        scorer.score(rows.batch(), rows.scores());
        int outputs = rows.outputs();
        List<String> topics = pipeline.events().topics();
        for (int row = 0, size = rows.size(); row < size; row++) {
            long time = rows.time(row);
            newest = Math.max(newest, time);
            if (!rows.isScored(row)) {
                deadLetter(NotScored.deadLetter(rows, row, model.version(), topics));
                continue;
            }
            output.collect(outgoing.replace(prediction
                    .example(rows.key(row), time, topics.get(rows.topic(row)), rows.partition(row), rows.offset(row))
                    .model(pipeline.name(), model.lineage(), model.version(), age(time))
                    .scores(rows.scores(), row * outputs, outputs)
                    .duplicate(false)));
        }
        rows.clear();
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        flush();
        super.processWatermark(mark);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        flush();
        super.prepareSnapshotPreBarrier(checkpointId);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        floorState.update(List.of(floor.write()));
    }

    @Override
    public void finish() throws Exception {
        flush();
        super.finish();
    }

    @Override
    public void close() throws Exception {
        if (soon != null) {
            soon.close();
        }
        if (models != null) {
            models.release();
            models = null;
        }
        super.close();
    }

    long events() {
        return events;
    }

    long deadEvents() {
        return deadEvents;
    }

    long swaps() {
        return swaps;
    }

    long refusedSnapshots() {
        SharedModels open = models;
        return open == null ? 0 : open.refused();
    }

    long unreadableSnapshots() {
        SharedModels open = models;
        return open == null ? 0 : open.unreadable();
    }

    long modelVersion() {
        return model.version();
    }

    /** Ms of event time from the newest example the model has learned to the newest event; -1 before the first event. */
    long modelAge() {
        return newest == Long.MIN_VALUE ? -1 : age(newest);
    }

    private long age(long time) {
        return Math.max(0, time - model.learnedUntil());
    }
}
