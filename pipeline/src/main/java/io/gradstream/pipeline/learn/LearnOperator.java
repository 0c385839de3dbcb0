package io.gradstream.pipeline.learn;

import io.gradstream.connectors.records.Outgoing;
import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.config.Pipeline.Input;
import io.gradstream.pipeline.examples.Incoming;
import io.gradstream.pipeline.examples.IncomingSerializer;
import io.gradstream.pipeline.learn.LabelJoin.Rules;
import io.gradstream.pipeline.learn.LearnState.Clocks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.execution.CancelTaskException;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Scores events, waits for their labels, and learns. Both inputs are keyed by {@link Incoming#id()}: the first brings
 * examples, the second labels, either brings bad records.
 *
 * <p>In keyed state: an entry per id, and at a checkpoint the rows that are held for event-time order; one event-time timer per
 * id. The current key is set where state is used and not for each row as it comes, since a row may be held, or scored later.
 */
public final class LearnOperator extends LearnOperatorBase
        implements TwoInputStreamOperator<Incoming, Incoming, Outgoing>, Triggerable<String, VoidNamespace> {

    private static final long serialVersionUID = 1;
    private static final ListStateDescriptor<Incoming> HELD =
            new ListStateDescriptor<>("held-rows", IncomingSerializer.INSTANCE);
    private static final ValueStateDescriptor<byte[]> ENTRIES =
            new ValueStateDescriptor<>("entries", BytePrimitiveArraySerializer.INSTANCE);

    private final LabelPartitions labelPartitions;
    private transient JoinFlow flow;
    private transient LabelJoin join;
    private transient ValueState<byte[]> entries;
    private transient ListState<Incoming> held;
    private transient InternalTimerService<VoidNamespace> timers;

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
        entries = keyed.getState(ENTRIES);
        held = keyed.getListState(HELD);
        timers = getInternalTimerService("waits", VoidNamespaceSerializer.INSTANCE, this);
        Rules rules = new Rules(
                pipeline.labels().waitMillis(),
                pipeline.labels().byDefault(),
                pipeline.labels().maxWaiting());
        join = new LabelJoin(core, unusual, store(), rules);
        flow = new JoinFlow(
                core,
                unusual,
                offsets,
                outlet,
                eventTime(),
                join,
                rules.hasDefault(),
                labelClocks(rules),
                this::fireTimers,
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

    private EntryStore store() {
        EntryStore keyed = new KeyedEntries();
        return pipeline.labels().waitedForWithoutEnd()
                ? new BriefEntries(keyed, new RecentIds(pipeline.events().rememberedIds()))
                : keyed;
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

    /** The watermark of both inputs together; timers are fired by the flow, in step with the rows. */
    @Override
    public void processWatermark(Watermark mark) throws Exception {
        flow.watermark(mark.getTimestamp());
        output.emitWatermark(mark);
    }

    /**
     * A task that is being cancelled fires no timers any more. The rows that are due after them must not be scored and learned as if they had
     * been fired: without exactly-once what comes of them is there to be read.
     */
    private void fireTimers(long time) throws StateException {
        try {
            timeServiceManager.advanceWatermark(new Watermark(time));
            if (getContainingTask().isCanceled()) {
                throw new CancelTaskException("timers are not fired any more");
            }
        } catch (StateException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the timers of the join could not be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        join.beforeWake(timer.getTimestamp());
        setCurrentKey(timer.getKey());
        join.wake(timer.getTimestamp());
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
        throw new IllegalStateException("no timer of the join goes by processing time");
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
    Iterable<Incoming> heldRows() {
        return List.of();
    }

    /** The join's entries in Flink's keyed state. */
    private final class KeyedEntries implements EntryStore {

        @Override
        public void use(String id) {
            setCurrentKey(id);
        }

        @Override
        public byte[] get() throws StateException {
            try {
                return entries.value();
            } catch (IOException e) {
                throw new IllegalStateException("an entry of the join could not be read: " + e.getMessage(), e);
            }
        }

        @Override
        public void put(byte[] entry) throws StateException {
            try {
                entries.update(entry);
            } catch (IOException e) {
                throw new IllegalStateException("an entry of the join could not be written: " + e.getMessage(), e);
            }
        }

        @Override
        public void clear() {
            entries.clear();
        }

        @Override
        public void wakeAt(long time) {
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, time);
        }
    }
}
