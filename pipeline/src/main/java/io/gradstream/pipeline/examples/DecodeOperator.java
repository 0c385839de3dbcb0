package io.gradstream.pipeline.examples;

import io.gradstream.connectors.formats.FormatException;
import io.gradstream.connectors.records.RawRecord;
import io.gradstream.pipeline.config.Pipeline;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Makes examples, labels or bad records of bytes; one for one. Stateless, and chained to the source. */
public final class DecodeOperator extends AbstractStreamOperator<Incoming>
        implements OneInputStreamOperator<RawRecord, Incoming> {

    private static final long serialVersionUID = 1;

    private final Pipeline pipeline;
    private final boolean labels;
    private transient RecordReader reader;
    private transient StreamRecord<Incoming> decoded;

    private DecodeOperator(Pipeline pipeline, boolean labels) {
        this.pipeline = pipeline.withoutFirstModel();
        this.labels = labels;
    }

    /** Decodes the pipeline's events. */
    public static DecodeOperator events(Pipeline pipeline) {
        return new DecodeOperator(pipeline, false);
    }

    /** Decodes the pipeline's labels, which have a topic of their own. */
    public static DecodeOperator labels(Pipeline pipeline) {
        return new DecodeOperator(pipeline, true);
    }

    @Override
    public void open() throws Exception {
        super.open();
        reader = reader();
        decoded = new StreamRecord<>(null);
    }

    @Override
    public void processElement(StreamRecord<RawRecord> element) {
        output.collect(decoded.replace(reader.read(element.getValue())));
    }

    private RecordReader reader() throws FormatException {
        return labels ? new LabelDecoder(pipeline) : new EventDecoder(pipeline);
    }
}
