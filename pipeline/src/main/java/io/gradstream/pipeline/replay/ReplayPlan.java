package io.gradstream.pipeline.replay;

import io.gradstream.connectors.formats.CsvFormat;
import io.gradstream.connectors.formats.Field;
import io.gradstream.connectors.formats.FieldType;
import io.gradstream.connectors.formats.FormatException;
import io.gradstream.connectors.formats.Formats;
import io.gradstream.pipeline.config.Order;
import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.config.Pipeline.Input;
import io.gradstream.pipeline.config.Pipeline.Labels;
import io.gradstream.pipeline.config.Pipeline.Outputs;
import io.gradstream.pipeline.config.Replay;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pipeline turned to a CSV file: columns are found by the names of the pipeline's fields, an id that is no column is the
 * row's number (from 0), and labels become known as {@code replay} says.
 *
 * @param pipeline reads lines of the file; ids come as the record's key, times of labels as its timestamp
 * @param csv the file's columns
 * @param id column of the id, or null
 * @param time column of the event time, or null: rows are then a millisecond apart
 * @param replay when labels become known; null: the label comes with its event
 * @param labelsApart whether labels have a topic of their own, so that decoding an event says nothing of its label
 */
record ReplayPlan(Pipeline pipeline, CsvFormat csv, Field id, Field time, Replay replay, boolean labelsApart)
        implements Serializable {

    private static final Logger LOG = LoggerFactory.getLogger(ReplayPlan.class);

    /** @throws FormatException when the file lacks a column that is used */
    static ReplayPlan of(Pipeline pipeline, List<String> columns, char delimiter) throws FormatException {
        CsvFormat csv = new CsvFormat(columns, delimiter);
        Input events = pipeline.events();
        Field id = events.id() >= 0
                        && columns.contains(events.fields().get(events.id()).path())
                ? new Field(events.fields().get(events.id()).path(), FieldType.TEXT)
                : null;
        Field time = events.time() >= 0 ? events.fields().get(events.time()) : null;
        Replay replay = replay(pipeline, columns);
        boolean joined = !pipeline.labelInEvent() || replay != null;
        Input labels = joined
                ? labels(pipeline.labelInEvent() ? events : pipeline.labels().input(), csv, replay)
                : null;
        ReplayPlan plan = new ReplayPlan(
                over(pipeline, events(pipeline, csv, id != null), labels),
                csv,
                id,
                time,
                replay,
                !pipeline.labelInEvent());
        plan.checkColumns();
        if (events.id() >= 0 && id == null) {
            LOG.warn(
                    "ids are the numbers of rows: {}",
                    csv.lacks(events.fields().get(events.id()).path()));
        }
        return plan;
    }

    /** All columns that events, labels and the times of labels are read from. */
    private void checkColumns() throws FormatException {
        List<Field> fields = new ArrayList<>(pipeline.events().fields());
        if (!pipeline.labelInEvent()) {
            fields.addAll(pipeline.labels().input().fields());
        }
        Formats.decoder(csv, fields.stream().distinct().toList());
    }

    private static Replay replay(Pipeline pipeline, List<String> columns) throws FormatException {
        if (pipeline.replay() != null || pipeline.labelInEvent()) {
            return pipeline.replay();
        }
        Input labels = pipeline.labels().input();
        Field time = labels.time() >= 0 ? labels.fields().get(labels.time()) : null;
        if (time == null || !columns.contains(time.path())) {
            throw new FormatException(
                    "the file does not say when a label became known: give replay.known-at or replay.delay"
                            + (time == null ? "" : ", or a column '" + time.path() + "'"));
        }
        return new Replay(List.of(time), List.of(new Replay.Term(0, 0, 0, 0)), -1, 0);
    }

    private static Input events(Pipeline pipeline, CsvFormat csv, boolean idIsColumn) {
        Input input = pipeline.events();
        Input events = input(input, csv, idIsColumn ? input.id() : Input.RECORD_KEY, input.time());
        // What is a feature, too, must be in the file, whatever the id.
        return input.id() >= 0 && pipeline.features().readsText(input.id()) ? events.with(input.fields()) : events;
    }

    /** With the fields that say when it became known: a label for which they cannot be read is a dead letter. */
    private static Input labels(Input input, CsvFormat csv, Replay replay) {
        Input labels = input(input, csv, Input.RECORD_KEY, Input.RECORD_TIMESTAMP);
        List<Field> fields = new ArrayList<>(labels.fields());
        fields.addAll(replay.fields());
        return labels.with(fields);
    }

    /** The fields of a label, without those that only say when it became known. */
    List<Field> labelFields() {
        List<Field> all = pipeline.labels().input().fields();
        return all.subList(0, all.size() - replay.fields().size());
    }

    /** The outcome as it stands in the file. */
    Field outcome() {
        return new Field(labelFields().get(pipeline.labels().rule().field()).path(), FieldType.TEXT);
    }

    /** The same input as lines of the file. The fields of id and time may be missing in it where they are not read. */
    private static Input input(Input input, CsvFormat csv, int id, int time) {
        List<Field> fields = new ArrayList<>(input.fields());
        String named = csv.columns().stream()
                .filter(column -> !column.isEmpty())
                .findFirst()
                .orElseThrow();
        Field some = new Field(named, FieldType.TEXT);
        if (input.id() >= 0 && id != input.id()) {
            fields.set(input.id(), present(fields.get(input.id()), some, csv));
        }
        if (input.time() >= 0 && time != input.time()) {
            fields.set(input.time(), present(fields.get(input.time()), some, csv));
        }
        return new Input(
                input.topics(),
                csv,
                fields,
                id,
                time,
                input.weight(),
                input.outOfOrdernessMillis(),
                Input.ANY_TIME, // a line has no timestamp of its own
                0,
                input.rememberedIds(),
                input.startOffsets(),
                input.bounded());
    }

    private static Field present(Field field, Field otherwise, CsvFormat csv) {
        return csv.columns().contains(field.path()) ? field : otherwise;
    }

    /** Everything is reported; only the last snapshot is. Labels that come with a delay are joined in event-time order. */
    private static Pipeline over(Pipeline from, Input events, Input labels) {
        Outputs outputs = new Outputs(
                "predictions",
                "dead-letters",
                "snapshots",
                Outputs.AT_THE_END,
                0,
                "metrics",
                from.outputs().window(),
                from.outputs().delivery(),
                from.outputs().transactionalIdPrefix());
        if (labels == null) {
            return from.between(events, from.labels(), from.order(), outputs);
        }
        Labels joined = from.labelInEvent()
                ? from.labels().waitedForFrom(labels)
                : from.labels().from(labels);
        return from.between(events, joined, Order.EVENT_TIME, outputs);
    }
}
