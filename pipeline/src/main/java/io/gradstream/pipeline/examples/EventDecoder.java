package io.gradstream.pipeline.examples;

import io.gradstream.connectors.formats.FieldValues;
import io.gradstream.connectors.formats.FormatException;
import io.gradstream.connectors.formats.UndecodableException;
import io.gradstream.connectors.records.RawRecord;
import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.config.Pipeline.Input;
import io.gradstream.pipeline.features.BadExampleException;
import io.gradstream.pipeline.features.ExampleWeight;
import io.gradstream.pipeline.features.FeatureExtractor;
import io.gradstream.pipeline.features.LabelRule;

/** Makes an {@link Example} of an event's bytes. What it returns is reused. One thread. */
public final class EventDecoder implements RecordReader {

    private final RawFields raw;
    private final FeatureExtractor extractor;
    private final LabelRule label;
    private final ExampleWeight weight;
    private final Example example = new Example();

    /**
     * One that reads all of an event.
     *
     * @throws FormatException when the schema or the columns lack a used field
     */
    public EventDecoder(Pipeline pipeline) throws FormatException {
        this(pipeline, true);
    }

    private EventDecoder(Pipeline pipeline, boolean learns) throws FormatException {
        raw = new RawFields(pipeline.events(), 0, false);
        extractor = pipeline.features().extractor();
        label = learns && pipeline.labelInEvent() ? pipeline.labels().rule() : null;
        weight = !learns || pipeline.events().weight() == Input.EQUAL_WEIGHTS
                ? null
                : new ExampleWeight(
                        pipeline.events().weight(),
                        pipeline.events()
                                .fields()
                                .get(pipeline.events().weight())
                                .path());
        example.resize(
                pipeline.features().layout().numbers(),
                pipeline.features().layout().ids());
    }

    /** One for what is only scored: an impossible label or weight, which no score depends on, makes no bad record of the event. */
    public static EventDecoder toScore(Pipeline pipeline) throws FormatException {
        return new EventDecoder(pipeline, false);
    }

    @Override
    public Incoming read(RawRecord record) {
        try {
            FieldValues values = raw.decode(record);
            example.id = raw.id(record);
            example.time = raw.time(record);
            extractor.extract(values, example.numbers, example.ids);
            example.weight = weight == null ? 1 : weight.of(values);
            example.label = label == null ? Float.NaN : label.target(values);
        } catch (UndecodableException e) {
            return raw.bad(record, Reasons.UNDECODABLE, e.getMessage());
        } catch (BadExampleException e) {
            return raw.bad(record, e.reason(), e.getMessage());
        } catch (RuntimeException e) {
            return raw.bad(record, Reasons.UNDECODABLE, "decoding failed: " + e);
        }
        example.topic = raw.topic(record);
        example.partition = record.partition();
        example.offset = record.offset();
        return example;
    }
}
