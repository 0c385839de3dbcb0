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
    private final Content content;
    private transient RecordReader reader;
    private transient StreamRecord<Incoming> decoded;

    private enum Content {
        EVENTS,
        EVENTS_TO_SCORE,
        LABELS
    }

    private DecodeOperator(Pipeline pipeline, Content content) {
        this.pipeline = pipeline.withoutFirstModel();
        this.content = content;
    }

    /** Decodes the pipeline's events. */
    public static DecodeOperator events(Pipeline pipeline) {
        return new DecodeOperator(pipeline, Content.EVENTS);
    }

    /** Decodes the pipeline's events, which are only scored: their label and weight are not heeded. */
    public static DecodeOperator eventsToScore(Pipeline pipeline) {
        return new DecodeOperator(pipeline, Content.EVENTS_TO_SCORE);
    }

    /** Decodes the pipeline's labels, which have a topic of their own. */
    public static DecodeOperator labels(Pipeline pipeline) {
        return new DecodeOperator(pipeline, Content.LABELS);
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
        return switch (content) {
            case EVENTS -> new EventDecoder(pipeline);
            case EVENTS_TO_SCORE -> EventDecoder.toScore(pipeline);
            case LABELS -> new LabelDecoder(pipeline);
        };
    }
}
