package io.gradstream.pipeline.learn;

import io.gradstream.connectors.records.Evaluation;
import io.gradstream.connectors.records.Outgoing;
import io.gradstream.connectors.records.OutgoingTypeInfo;
import io.gradstream.connectors.records.Prediction;
import io.gradstream.connectors.records.RawRecord;
import io.gradstream.connectors.records.SnapshotManifest;
import io.gradstream.model.Learner;
import io.gradstream.model.Model;
import io.gradstream.model.guard.Guard;
import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.examples.EventDecoder;
import io.gradstream.pipeline.examples.Incoming;
import io.gradstream.pipeline.examples.IncomingTypeInfo;
import io.gradstream.pipeline.examples.LabelDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/** A learning operator in Flink's harness, fed with JSON. Everything it gives out is kept as text, without the random lineage. */
final class OperatorRun implements AutoCloseable {
    private static final int MAX_PARALLELISM = 128;

    private final Pipeline pipeline;
    private final StateBackend backend;
    private final LearnOperatorBase operator;
    private final AbstractStreamOperatorTestHarness<Outgoing> harness;
    private final EventDecoder events;
    private final LabelDecoder labels;
    private final List<String> out;
    private long eventOffset;
    private long labelOffset;

    /** From scratch. */
    OperatorRun(Pipeline pipeline) throws Exception {
        this(pipeline, new HashMapStateBackend());
    }

    /** The same with what is keyed, also of those that go on from it, in another place than the heap. */
    OperatorRun(Pipeline pipeline, StateBackend backend) throws Exception {
        this(pipeline, of -> Start.scratch(Learner.create(of.model(), of.guard())), null, null, 1, backend);
    }

    /** From a model. */
    OperatorRun(Pipeline pipeline, FirstModel first) throws Exception {
        this(pipeline, first, null, null, 1, new HashMapStateBackend());
    }

    /** From what a checkpoint had of the operator. */
    OperatorRun(Pipeline pipeline, OperatorSubtaskState state) throws Exception {
        this(pipeline, null, null, state, 1, new HashMapStateBackend());
    }

    private OperatorRun(
            Pipeline pipeline,
            FirstModel first,
            OperatorRun before,
            OperatorSubtaskState state,
            int parallelism,
            StateBackend backend)
            throws Exception {
        this.pipeline = pipeline;
        this.backend = backend;
        if (pipeline.labelInEvent()) {
            ChainedLearnOperator chained = new ChainedLearnOperator(pipeline, first);
            operator = chained;
            harness = new OneInputStreamOperatorTestHarness<>(chained, MAX_PARALLELISM, parallelism, 0);
        } else {
            LearnOperator joined = new LearnOperator(pipeline, first, LabelPartitions.UNKNOWN);
            operator = joined;
            harness = new KeyedTwoInputStreamOperatorTestHarness<>(
                    joined, Incoming::id, Incoming::id, Types.STRING, MAX_PARALLELISM, parallelism, 0);
        }
        events = new EventDecoder(pipeline);
        labels = pipeline.labelInEvent() ? null : new LabelDecoder(pipeline);
        out = before == null ? new ArrayList<>() : before.out;
        eventOffset = before == null ? 0 : before.eventOffset;
        labelOffset = before == null ? 0 : before.labelOffset;
        ExecutionConfig config = harness.getExecutionConfig();
        config.enableObjectReuse();
        harness.setStateBackend(backend);
        harness.setup(OutgoingTypeInfo.INSTANCE.createSerializer(new SerializerConfigImpl()));
        if (state == null) {
            harness.initializeEmptyState();
        } else {
            harness.initializeState(state);
        }
        harness.open();
    }

    /** What goes on from a checkpoint that is taken now; this one is closed. */
    OperatorRun restored(Pipeline changed) throws Exception {
        return restored(changed, 1);
    }

    OperatorRun restored(Pipeline changed, int parallelism) throws Exception {
        operator.prepareSnapshotPreBarrier(1);
        OperatorSubtaskState state = harness.snapshot(1, 1);
        out();
        close();
        return new OperatorRun(changed, null, this, state, parallelism, backend);
    }

    Pipeline pipeline() {
        return pipeline;
    }

    void event(String json) throws Exception {
        RawRecord record = new RawRecord().set(0, 0, eventOffset++, 0, null, json.getBytes(StandardCharsets.UTF_8));
        StreamRecord<Incoming> element = new StreamRecord<>(events.read(record));
        if (harness instanceof OneInputStreamOperatorTestHarness<?, ?>) {
            chained().processElement(element);
        } else {
            joined().processElement1(copy(element));
        }
    }

    void label(String json) throws Exception {
        RawRecord record = new RawRecord().set(0, 0, labelOffset++, 0, null, json.getBytes(StandardCharsets.UTF_8));
        joined().processElement2(copy(new StreamRecord<>(labels.read(record))));
    }

    void watermark(long time) throws Exception {
        if (harness instanceof OneInputStreamOperatorTestHarness<?, ?>) {
            chained().processWatermark(new Watermark(time));
        } else {
            joined().processWatermark1(new Watermark(time));
            joined().processWatermark2(new Watermark(time));
        }
    }

    /** Everything that came out so far, of this one and of those it was restored from. */
    List<String> out() {
        for (Object each : harness.getOutput()) {
            if (each instanceof StreamRecord<?> record) {
                out.add(text((Outgoing) record.getValue()));
            }
        }
        harness.getOutput().clear();
        return out;
    }

    /** Forgets what came out since the last {@link #out}. */
    void dropOut() {
        harness.getOutput().clear();
    }

    Map<String, Long> counters() {
        return operator.counters.byKey();
    }

    Guard guard() {
        return operator.core.learner().guard().orElseThrow();
    }

    /** As the metric says it. */
    long modelAge() {
        return operator.core.modelAge();
    }

    /** What reporters read. */
    Object gauge(LearnGauge gauge) {
        return gauge.value(operator);
    }

    /** What a snapshot says of offsets. */
    String offsets() {
        return new SnapshotAbout(Map.of(), operator.topics.all(), operator.offsets, operator.counters)
                .of(operator.core)
                .get("offsets");
    }

    /** Ids of which something is kept. */
    int entries() {
        return joined().numKeyedStateEntries();
    }

    /** Times at which the join will be woken. */
    int wakes() {
        return ((WakeHeap) ((LearnOperator) operator).wakes).size();
    }

    /** As the snapshots topic, or a file, would have it. */
    byte[] snapshot() throws Exception {
        operator.core.flush();
        SnapshotAbout about =
                new SnapshotAbout(pipeline.about(), operator.topics.all(), operator.offsets, operator.counters);
        return operator.core.learner().snapshot(about.of(operator.core));
    }

    /** SHA-256 of the tensors. */
    String weights() throws Exception {
        operator.core.flush();
        return Model.read(operator.core.learner().snapshot(Map.of())).info().sha256();
    }

    @Override
    public void close() throws Exception {
        harness.close();
    }

    /** A keyBy serializes, so each row is a new one; a chain does not. */
    private static StreamRecord<Incoming> copy(StreamRecord<Incoming> element) {
        return new StreamRecord<>(IncomingTypeInfo.INSTANCE
                .createSerializer(new SerializerConfigImpl())
                .copy(element.getValue()));
    }

    private static String text(Outgoing outgoing) {
        if (outgoing instanceof Prediction prediction) {
            return prediction.id() + " v" + prediction.version() + " age " + prediction.modelAge() + " "
                    + prediction.score(0) + " " + prediction.duplicate();
        }
        if (outgoing instanceof Evaluation evaluation) {
            return evaluation.scope() + " " + evaluation.examples() + " " + evaluation.eventTime() + " "
                    + evaluation.metrics();
        }
        return outgoing instanceof SnapshotManifest manifest
                ? "snapshot " + manifest.version()
                : outgoing.getClass().getSimpleName();
    }

    @SuppressWarnings("unchecked")
    private OneInputStreamOperatorTestHarness<Incoming, Outgoing> chained() {
        return (OneInputStreamOperatorTestHarness<Incoming, Outgoing>) harness;
    }

    @SuppressWarnings("unchecked")
    private KeyedTwoInputStreamOperatorTestHarness<String, Incoming, Incoming, Outgoing> joined() {
        return (KeyedTwoInputStreamOperatorTestHarness<String, Incoming, Incoming, Outgoing>) harness;
    }
}
