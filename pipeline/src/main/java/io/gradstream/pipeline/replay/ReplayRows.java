package io.gradstream.pipeline.replay;

import io.gradstream.connectors.formats.CsvFile;
import io.gradstream.connectors.formats.Field;
import io.gradstream.connectors.formats.FieldValues;
import io.gradstream.connectors.formats.FormatException;
import io.gradstream.connectors.formats.Formats;
import io.gradstream.connectors.formats.RecordDecoder;
import io.gradstream.connectors.formats.UndecodableException;
import io.gradstream.connectors.records.RawRecord;
import io.gradstream.pipeline.features.BadExampleException;
import io.gradstream.pipeline.replay.ReplaySequencer.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.fs.Path;

/** The events and labels of a file in the order in which they happened, each as the record that Kafka would have had. */
final class ReplayRows implements AutoCloseable {

    private final ReplayPlan plan;
    private final CsvFile file;
    private final RecordDecoder row;
    private final FieldValues rowValues;
    private final RowTimes times;
    private final RecordDecoder label;
    private final FieldValues labelValues;
    private final int idAt;
    private final KnownAt known;
    private final ReplaySequencer<Row> sequencer;
    private long rows;

    /**
     * A row of the file.
     *
     * @param id of its event
     * @param line where it begins; the offset of its event and of its label, since both are told apart by it as by its number
     */
    private record Row(byte[] id, long line, byte[] bytes) {}

    ReplayRows(ReplayPlan plan, Path path) throws IOException {
        this.plan = plan;
        List<Field> fields = new ArrayList<>();
        if (plan.replay() != null) {
            fields.addAll(plan.replay().fields());
        }
        idAt = plan.id() == null ? -1 : fields.size();
        if (plan.id() != null) {
            fields.add(plan.id());
        }
        boolean joined = !plan.pipeline().labelInEvent();
        try {
            row = Formats.decoder(plan.csv(), fields);
            times = new RowTimes(plan, path.getPath());
            label = joined
                    ? Formats.decoder(
                            plan.csv(), plan.pipeline().labels().input().fields())
                    : null;
        } catch (FormatException e) {
            throw new IOException(e.getMessage(), e);
        }
        rowValues = new FieldValues(fields.size());
        labelValues = joined
                ? new FieldValues(plan.pipeline().labels().input().fields().size())
                : null;
        known = joined ? new KnownAt(plan.replay()) : null;
        boolean counted =
                joined && plan.replay().terms().isEmpty() && plan.replay().delayMillis() < 0;
        sequencer = counted ? ReplaySequencer.byEvents(plan.replay().delayEvents()) : ReplaySequencer.byTime();
        file = CsvFile.open(
                path.getFileSystem().open(path), path.getPath(), plan.csv().delimiter());
    }

    /** The next record, a new one; null at the end. */
    RawRecord next() throws IOException {
        while (true) {
            Step<Row> step = sequencer.next();
            if (step == null) {
                byte[] line = file.next() ? file.copy() : null;
                if (line == null && !ended()) {
                    return null;
                } else if (line != null) {
                    add(line);
                }
            } else {
                int topic = step.label() ? Replays.LABELS : Replays.EVENTS;
                return new RawRecord()
                        .set(
                                topic,
                                0,
                                step.row().line(),
                                step.time(),
                                step.row().id(),
                                step.row().bytes());
            }
        }
    }

    /** Ends the sequence; false if it had ended and nothing is left. */
    private boolean ended() {
        return sequencer.end();
    }

    private void add(byte[] line) throws IOException {
        long number = rows++;
        byte[] id = idAt < 0 ? Long.toString(number).getBytes(StandardCharsets.UTF_8) : new byte[0];
        boolean timed = times.next(line, number, file.line());
        long knownAt = ReplaySequencer.NEVER;
        try {
            row.decode(line, 0, line.length, rowValues);
            if (idAt >= 0 && rowValues.present(idAt)) {
                id = rowValues.text(idAt).getBytes(StandardCharsets.UTF_8);
            }
            if (known != null && timed && hasLabel(line)) {
                knownAt = times.notBehind(known.of(rowValues, times.time()));
            }
        } catch (UndecodableException e) {
            // Decoding the event says what is wrong with the line, and makes a dead letter of it.
            knownAt = ReplaySequencer.NEVER;
        }
        sequencer.add(new Row(id, file.line(), line), times.time(), knownAt);
    }

    private boolean hasLabel(byte[] line) throws UndecodableException {
        label.decode(line, 0, line.length, labelValues);
        try {
            return !Float.isNaN(plan.pipeline().labels().rule().target(labelValues));
        } catch (BadExampleException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
