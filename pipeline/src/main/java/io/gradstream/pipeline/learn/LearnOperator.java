package io.gradstream.pipeline.learn;

import io.gradstream.connectors.records.Outgoing;
import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.config.Pipeline.Input;
import io.gradstream.pipeline.examples.Incoming;
import io.gradstream.pipeline.examples.IncomingSerializer;
import io.gradstream.pipeline.learn.LabelJoin.Rules;
import io.gradstream.pipeline.learn.LearnState.Clocks;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.state.StateBackendLoader;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Scores events, waits for their labels, and learns. Both inputs are keyed by {@link Incoming#id()}: the first brings
 * examples, the second labels, either brings bad records.
 *
 * <p>In keyed state: an entry per id, and at a checkpoint the rows that are held for event-time order. Where keyed state is in memory, what
 * wakes an entry is too ({@link WakeHeap}), and elsewhere it is one event-time timer per id ({@link TimerWakes}). The current key is set
 * where state is used and not for each row as it comes, since a row may be held, or scored later.
 */
public final class LearnOperator extends LearnOperatorBase
        implements TwoInputStreamOperator<Incoming, Incoming, Outgoing> {

    private static final long serialVersionUID = 1;
    private static final ListStateDescriptor<Incoming> HELD =
            new ListStateDescriptor<>("held-rows", IncomingSerializer.INSTANCE);
    private static final ValueStateDescriptor<byte[]> ENTRIES =
            new ValueStateDescriptor<>("entries", BytePrimitiveArraySerializer.INSTANCE);

    private final LabelPartitions labelPartitions;

    /** Of the entries of {@link #store}. */
    transient Wakes wakes;

    private transient JoinFlow flow;
    private transient LabelJoin join;
    private transient ListState<Incoming> held;
    private transient EntryStore store;

    /** Ids under which held rows were written at the last checkpoint. */
    private transient List<String> heldIds;

    /**
     * @param firstModel where the learner comes from when there is no state
     * @param labelPartitions which partitions must have come so far before a default label is learned
     */
    public LearnOperator(Pipeline pipeline, FirstModel firstModel, LabelPartitions labelPartitions) {
        super(pipeline, firstModel);
        this.labelPartitions = labelPartitions;
    }

    @Override
    void begin(Clocks clocks) throws Exception {
        KeyedStateStore keyed = stateHandler.getKeyedStateStore().orElseThrow();
        held = keyed.getListState(HELD);
        Rules rules = new Rules(
                pipeline.labels().waitMillis(),
                pipeline.labels().byDefault(),
                pipeline.labels().maxWaiting());
        wakes = wakes();
        store = store(new KeyedEntries(this::setCurrentKey, keyed.getState(ENTRIES), wakes));
        join = new LabelJoin(core, unusual, store, rules);
        flow = new JoinFlow(
                core,
                unusual,
                offsets,
                outlet,
                eventTime(),
                join,
                rules.hasDefault(),
                labelClocks(rules),
                wakes::advance,
                clocks);
        heldIds = new ArrayList<>();
        if (isRestored()) {
            getKeyedStateBackend()
                    .applyToAllKeys(VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, HELD, this::restoreHeld);
        }
        if (topics.moved()) {
            getKeyedStateBackend()
                    .applyToAllKeys(VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, ENTRIES, this::renumber);
        }
        if (isRestored()
                && !(hasTimers() && hadTimers() && hadTheSameWait())
                && !pipeline.labels().waitedForWithoutEnd()) {
            getKeyedStateBackend()
                    .applyToAllKeys(VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, ENTRIES, this::wakeLater);
        }
    }

    /**
     * An input that never goes idle has a watermark that is the smallest of all partitions; where partitions may go idle, their own labels say
     * how far they are.
     */
    private LabelClocks labelClocks(Rules rules) throws Exception {
        Input input = pipeline.labels().input();
        boolean count = rules.hasDefault() && input.idleMillis() > 0;
        Highest newest = restoredNewestLabels();
        if (count) {
            int topic = pipeline.events().topics().size();
            for (int partitions : labelPartitions.of(pipeline)) {
                for (int partition = 0; partition < partitions; partition++) {
                    newest.expect(topic, partition);
                }
                topic++;
            }
        }
        return new LabelClocks(newest, topics.all(), input.outOfOrdernessMillis(), rules.waitMillis(), count);
    }

    private EntryStore store(EntryStore keyed) {
        return pipeline.labels().waitedForWithoutEnd()
                ? new BriefEntries(keyed, new RecentIds(pipeline.events().rememberedIds()))
                : keyed;
    }

    /** Timers of a checkpoint stay only where timers are used. */
    private Wakes wakes() throws Exception {
        TimerWakes timers = new TimerWakes(this::wake, timeServiceManager, getContainingTask()::isCanceled);
        boolean inMemory = StateBackendLoader.HASHMAP_STATE_BACKEND_NAME.equals(
                getKeyedStateBackend().getBackendTypeIdentifier());
        if (!inMemory || hadTimers()) {
            timers.use(getInternalTimerService(TimerWakes.NAME, VoidNamespaceSerializer.INSTANCE, timers));
        }
        if (!inMemory) {
            return timers;
        }
        if (hadTimers()) {
            timers.clear();
        }
        return new WakeHeap(this::wake, getContainingTask()::isCanceled);
    }

    private void wake(String id, long time) throws StateException {
        join.beforeWake(time);
        store.use(id);
        join.wake(time);
    }

    private void restoreHeld(Object key, ListState<Incoming> rows) throws Exception {
        Iterable<Incoming> all = rows.get();
        if (all != null) {
            all.forEach(row -> flow.held().add(topics.now(row)));
            heldIds.add((String) key);
        }
    }

    private void renumber(Object key, ValueState<byte[]> entry) throws Exception {
        byte[] before = entry.value();
        byte[] now = topics.now(before);
        if (now != before) {
            entry.update(now);
        }
    }

    private void wakeLater(Object key, ValueState<byte[]> entry) throws Exception {
        byte[] bytes = entry.value();
        wakes.at((String) key, Entry.until(bytes, pipeline.labels().waitMillis()));
    }

    @Override
    public void processElement1(StreamRecord<Incoming> element) throws Exception {
        flow.accept(element.getValue());
        rowTaken();
    }

    @Override
    public void processElement2(StreamRecord<Incoming> element) throws Exception {
        flow.acceptLabel(element.getValue());
        rowTaken();
    }

    @Override
    @SuppressWarnings("rawtypes") // as Flink declares it
    public void setKeyContextElement1(StreamRecord record) {
        // The key is set where state is used.
    }

    @Override
    @SuppressWarnings("rawtypes") // as Flink declares it
    public void setKeyContextElement2(StreamRecord record) {
        // The key is set where state is used.
    }

    @Override
    public void processWatermark2(Watermark mark) throws Exception {
        flow.labelWatermark(mark.getTimestamp());
        super.processWatermark2(mark);
    }

    /** The watermark of both inputs together; the flow wakes what is due, in step with the rows. */
    @Override
    public void processWatermark(Watermark mark) throws Exception {
        flow.watermark(mark.getTimestamp());
        output.emitWatermark(mark);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        for (String id : heldIds) {
            setCurrentKey(id);
            held.clear();
        }
        heldIds.clear();
        for (Incoming row : flow.held().all()) {
            setCurrentKey(row.id());
            held.add(row);
            heldIds.add(row.id());
        }
        super.snapshotState(context);
    }

    @Override
    Flow flow() {
        return flow;
    }

    @Override
    Clocks clocks() {
        return flow.clocks();
    }

    @Override
    Highest newestLabels() {
        return flow.labelClocks().newest();
    }

    @Override
    int silentLabelPartitions() {
        return flow.labelClocks().silent();
    }

    @Override
    boolean hasTimers() {
        return wakes instanceof TimerWakes;
    }

    @Override
    Iterable<Incoming> heldRows() {
        return List.of();
    }
}
