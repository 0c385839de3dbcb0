package io.gradstream.pipeline.learn;

import io.gradstream.connectors.records.Outgoing;
import io.gradstream.model.Learner;
import io.gradstream.model.ModelSpec;
import io.gradstream.model.WarmUp;
import io.gradstream.model.guard.Guard;
import io.gradstream.model.statistics.Prequential;
import io.gradstream.pipeline.config.Order;
import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.config.SnapshotLimit;
import io.gradstream.pipeline.examples.Incoming;
import io.gradstream.pipeline.learn.LearnCore.Cadence;
import io.gradstream.pipeline.learn.LearnState.Clocks;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What both learning operators have in common: the learner's state in the checkpoint, the flush of a micro-batch that did not
 * fill up, metrics. It adapts; what is done with a row is decided in {@link Flow}, {@link LabelJoin} and {@link LearnCore}.
 */
abstract class LearnOperatorBase extends AbstractStreamOperator<Outgoing> {

    private static final long serialVersionUID = 1;
    private static final Logger LOG = LoggerFactory.getLogger(LearnOperatorBase.class);
    private static final int REPLICA = 0;

    final Pipeline pipeline;

    /** Null once a learner is there: it may hold a whole snapshot. */
    private FirstModel firstModel;

    transient LearnCore core;
    transient Counters counters;
    transient UnusualRows unusual;
    transient TopicNames topics;
    transient Highest offsets;
    transient OutgoingOutlet outlet;
    private transient ListState<byte[]> frames;
    private transient ListState<byte[]> heldChunks;
    private transient LearnState restored;
    private transient StreamRecord<Outgoing> outgoing;
    private transient ScoredSoon soon;

    LearnOperatorBase(Pipeline pipeline, FirstModel firstModel) {
        this.pipeline = pipeline.withoutFirstModel();
        this.firstModel = firstModel;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        if (getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks() != 1) {
            throw new StateException("there is one learner, so operator '" + getOperatorName()
                    + "' runs with parallelism 1, and not "
                    + getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks());
        }
        frames = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>("learner", BytePrimitiveArraySerializer.INSTANCE));
        heldChunks = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>("held", BytePrimitiveArraySerializer.INSTANCE));
        if (context.isRestored()) {
            Map<Integer, byte[]> replicas = StateFrames.join(frames.get());
            if (!replicas.containsKey(REPLICA)) {
                throw new StateException("the checkpoint holds no learner for operator '" + getOperatorName()
                        + "'; start without a checkpoint, or from one that this pipeline wrote");
            }
            restored = LearnState.read(replicas.get(REPLICA));
        }
        begin();
    }

    /** Makes the learner and everything around it: from the checkpoint if there is one, else as the pipeline says. */
    private void begin() throws Exception {
        ModelSpec spec = pipeline.model();
        SnapshotLimit.warning(spec, pipeline.guard()).ifPresent(LOG::warn);
        Start start = restored == null ? firstModel.load(pipeline) : SavedLearner.read(pipeline, restored);
        firstModel = null;
        Learner learner = start.learner();
        Prequential evaluation = evaluation();
        counters = new Counters();
        topics = new TopicNames(pipeline, restored == null ? List.of() : restored.topics());
        unusual = new UnusualRows(counters, topics.all());
        offsets = restored == null ? new Highest() : topics.now(restored.offsets());
        outgoing = new StreamRecord<>(null);
        outlet = new OutgoingOutlet(
                record -> output.collect(outgoing.replace(record)),
                pipeline.name(),
                learner.lineage(),
                spec.hash(),
                topics.all(),
                pipeline.outputs().snapshots() != null,
                pipeline.outputs().metrics() != null);
        core = new LearnCore(
                cadence(),
                learner,
                evaluation,
                counters,
                new SnapshotAbout(pipeline.about(), topics.all(), offsets, counters),
                outlet);
        core.learnedUntil(start.learnedUntil());
        Clocks clocks = Clocks.START;
        if (restored != null) {
            counters.restore(restored.counters());
            core.restore(restored.moments());
            clocks = restored.clocks();
        }
        begin(clocks);
    }

    private Prequential evaluation() {
        int window = pipeline.outputs().window();
        if (restored == null) {
            return Prequential.create(
                    pipeline.target().task(), pipeline.target().classes(), window);
        }
        Prequential evaluation = Prequential.read(restored.evaluation());
        evaluation.useWindow(window);
        return evaluation;
    }

    private Cadence cadence() {
        return pipeline.outputs().snapshots() == null
                ? new Cadence(0, 0)
                : new Cadence(
                        pipeline.outputs().snapshotSteps(), pipeline.outputs().snapshotMillis());
    }

    final boolean eventTime() {
        return pipeline.order() == Order.EVENT_TIME;
    }

    /** Makes what is particular to the operator, around the core that is there now. */
    abstract void begin(Clocks clocks) throws Exception;

    /** What decides the order of rows. */
    abstract Flow flow();

    /** How far event time has come. */
    abstract Clocks clocks();

    /** Held rows that are not in keyed state. */
    abstract Iterable<Incoming> heldRows();

    /** Gives out the same of the checkpoint that was restored, if one was. */
    final void restoreHeldChunks(Consumer<Incoming> each) throws Exception {
        if (restored != null) {
            HeldChunks.read(heldChunks.get(), restored.heldSeal(), each);
            HeldChunks.readRows(restored.held(), 0, each);
        }
    }

    /** The newest label of each partition, where labels are joined. */
    Highest newestLabels() {
        return new Highest();
    }

    /** The same when state was restored, of the topics that are still read; empty if none was. */
    final Highest restoredNewestLabels() {
        return restored == null ? new Highest() : topics.nowRead(restored.newestLabels());
    }

    /** Partitions of the labels that hold default labels back. */
    int silentLabelPartitions() {
        return 0;
    }

    /** Remembered ids that are not in keyed state. */
    byte[] idBytes() {
        return new byte[0];
    }

    /** The same when state was restored; empty if none was. */
    final byte[] restoredIds() {
        return restored == null ? new byte[0] : restored.ids();
    }

    /** Whether timers of Flink wake the join's entries. */
    boolean hasTimers() {
        return false;
    }

    /** The same of the checkpoint that was restored. */
    final boolean hadTimers() {
        return restored != null && restored.timers();
    }

    /** Whether labels were waited for as long as now; not known of older checkpoints, whose timers stay as they are. */
    final boolean hadTheSameWait() {
        return restored != null && Settings.haveWaitOf(restored.settings(), pipeline);
    }

    final boolean isRestored() {
        return restored != null;
    }

    @Override
    public void open() throws Exception {
        super.open();
        if (!eventTime()) {
            flow().takeHeld();
        }
        restored = null;
        soon = new ScoredSoon(core::flush, getProcessingTimeService());
        LearnMetrics.register(getMetricGroup(), this);
        WarmUp warmed = WarmUp.learning(
                pipeline.model(), Duration.ofMillis(pipeline.running().warmUpMillis()));
        LOG.info("pipeline '{}': {}", pipeline.name(), warmed.text());
        LOG.info(
                "pipeline '{}' learns from version {} of lineage {}",
                pipeline.name(),
                core.learner().steps(),
                core.learner().lineage());
    }

    /** To be called after each row: whatever waits to be scored is scored within a millisecond. */
    final void rowTaken() throws Exception {
        soon.rowTaken(!core.isFlushed());
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        core.flush();
        super.prepareSnapshotPreBarrier(checkpointId);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        HeldChunks chunks = HeldChunks.of(heldRows());
        LearnState state = new LearnState(
                core.learner().snapshot(aboutState()),
                core.learner().guard().map(Guard::state).orElseGet(() -> new byte[0]),
                core.evaluation().state(),
                core.moments(),
                clocks(),
                counters.byKey(),
                offsets,
                newestLabels(),
                topics.all(),
                new byte[0],
                chunks.seal(),
                idBytes(),
                Settings.of(pipeline),
                hasTimers());
        frames.update(StateFrames.split(REPLICA, state.write()));
        heldChunks.update(chunks.chunks());
    }

    private Map<String, String> aboutState() {
        Map<String, String> about = new LinkedHashMap<>(pipeline.about());
        about.putAll(SnapshotAbout.eventTime(core.learnedUntil()));
        return about;
    }

    @Override
    public void close() throws Exception {
        if (soon != null) {
            soon.close();
        }
        super.close();
    }

    @Override
    public void finish() throws Exception {
        core.finish();
        super.finish();
    }
}
