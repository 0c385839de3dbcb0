package io.gradstream.pipeline.learn;

import io.gradstream.connectors.records.Outgoing;
import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.examples.Incoming;
import io.gradstream.pipeline.examples.IncomingSerializer;
import io.gradstream.pipeline.learn.LearnState.Clocks;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Scores and learns events that carry their label. Not keyed, so it runs in one chain with source and sink. */
public final class ChainedLearnOperator extends LearnOperatorBase
        implements OneInputStreamOperator<Incoming, Outgoing> {

    private static final long serialVersionUID = 1;

    private transient ChainFlow flow;
    private transient RecentIds ids;
    private transient boolean copies;

    /** @param firstModel where the learner comes from when there is no state */
    public ChainedLearnOperator(Pipeline pipeline, FirstModel firstModel) {
        super(pipeline, firstModel);
    }

    @Override
    void begin(Clocks clocks) throws Exception {
        ids = new RecentIds(pipeline.events().rememberedIds());
        ids.restore(restoredIds());
        flow = new ChainFlow(core, unusual, offsets, outlet, eventTime(), ids);
        flow.restoreOrdered(clocks.ordered());
        copies = eventTime();
        restoreHeldChunks(row -> flow.held().add(topics.now(row)));
    }

    @Override
    public void processElement(StreamRecord<Incoming> element) throws Exception {
        Incoming row = element.getValue();
        flow.accept(copies ? IncomingSerializer.INSTANCE.copy(row) : row);
        rowTaken();
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        flow.watermark(mark.getTimestamp());
        super.processWatermark(mark);
    }

    @Override
    Flow flow() {
        return flow;
    }

    @Override
    Clocks clocks() {
        return new Clocks(Long.MIN_VALUE, flow.ordered(), Long.MIN_VALUE, Long.MIN_VALUE);
    }

    @Override
    Iterable<Incoming> heldRows() {
        return flow.held().all();
    }

    @Override
    byte[] idBytes() {
        return ids.state();
    }
}
