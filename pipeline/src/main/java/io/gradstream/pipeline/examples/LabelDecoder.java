package io.gradstream.pipeline.examples;

import io.gradstream.connectors.formats.FieldValues;
import io.gradstream.connectors.formats.FormatException;
import io.gradstream.connectors.formats.UndecodableException;
import io.gradstream.connectors.records.RawRecord;
import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.features.BadExampleException;
import io.gradstream.pipeline.features.LabelRule;

/** Makes a {@link Label} of a label record's bytes. What it returns is reused. One thread. */
public final class LabelDecoder implements RecordReader {

    private final RawFields raw;
    private final LabelRule rule;
    private final Label label = new Label();

    /** @throws FormatException when the schema or the columns lack a used field */
    public LabelDecoder(Pipeline pipeline) throws FormatException {
        raw = new RawFields(
                pipeline.labels().input(), pipeline.events().topics().size(), true);
        rule = pipeline.labels().rule();
    }

    @Override
    public Incoming read(RawRecord record) {
        try {
            FieldValues values = raw.decode(record);
            label.id = raw.id(record);
            label.time = raw.time(record);
            label.value = rule.target(values);
        } catch (UndecodableException e) {
            return raw.bad(record, Reasons.UNDECODABLE, e.getMessage());
        } catch (BadExampleException e) {
            return raw.bad(record, e.reason(), e.getMessage());
        } catch (RuntimeException e) {
            return raw.bad(record, Reasons.UNDECODABLE, "decoding failed: " + e);
        }
        if (Float.isNaN(label.value)) {
            return raw.bad(record, Reasons.MISSING_LABEL, "the label's field has no value");
        }
        label.topic = raw.topic(record);
        label.partition = record.partition();
        label.offset = record.offset();
        return label;
    }
}
