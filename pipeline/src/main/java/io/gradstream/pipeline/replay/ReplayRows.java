package io.gradstream.pipeline.replay;

import io.gradstream.connectors.formats.CsvFile;
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
import java.util.List;
import org.apache.flink.core.fs.Path;

/** The events and labels of a file in the order in which they happened, each as the record that Kafka would have had. */
final class ReplayRows implements AutoCloseable {

    private final ReplayPlan plan;
    private final CsvFile file;
    private final RecordDecoder id;
    private final FieldValues idValue = new FieldValues(1);
    private final RowTimes times;
    private final RecordDecoder label;
    private final FieldValues labelValues;
    private final RecordDecoder cells;
    private final FieldValues noValues = new FieldValues(0);
    private final RecordDecoder outcome;
    private final FieldValues outcomeText = new FieldValues(1);
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
        boolean joined = !plan.pipeline().labelInEvent();
        try {
            id = plan.id() == null ? null : Formats.decoder(plan.csv(), List.of(plan.id()));
            times = new RowTimes(plan, path.getPath());
            label = joined ? Formats.decoder(plan.csv(), plan.labelFields()) : null;
            cells = Formats.decoder(plan.csv(), List.of());
            outcome = joined ? Formats.decoder(plan.csv(), List.of(plan.outcome())) : null;
            known = joined ? new KnownAt(plan.replay(), plan.csv()) : null;
        } catch (FormatException e) {
            throw new IOException(e.getMessage(), e);
        }
        labelValues = joined ? new FieldValues(plan.labelFields().size()) : null;
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
        boolean timed = times.next(line, number, file.line());
        // A row without a time of its own is a dead letter as an event, its label with it.
        long knownAt = known != null && timed && hasLabel(line)
                ? times.notBehind(known.of(line, times.time()))
                : ReplaySequencer.NEVER;
        sequencer.add(new Row(id(line, number), file.line(), line), times.time(), knownAt);
    }

    /** The row's number where the id is no column; none where it is missing or the line is no row, which decoding the event says. */
    private byte[] id(byte[] line, long number) {
        if (id == null) {
            return Long.toString(number).getBytes(StandardCharsets.UTF_8);
        }
        try {
            id.decode(line, 0, line.length, idValue);
        } catch (UndecodableException e) {
            return new byte[0];
        }
        return idValue.present(0) ? idValue.text(0).getBytes(StandardCharsets.UTF_8) : new byte[0];
    }

    /** False, too, where decoding the event says what is wrong, and makes a dead letter of the line: its label is not another. */
    private boolean hasLabel(byte[] line) {
        try {
            label.decode(line, 0, line.length, labelValues);
            return !Float.isNaN(plan.pipeline().labels().rule().target(labelValues));
        } catch (UndecodableException e) {
            return plan.labelsApart() && isRow(line) && hasOutcome(line);
        } catch (BadExampleException e) {
            return true;
        }
    }

    /** Whether it has as many cells as the file has columns. */
    private boolean isRow(byte[] line) {
        try {
            cells.decode(line, 0, line.length, noValues);
            return true;
        } catch (UndecodableException e) {
            return false;
        }
    }

    /** Whether an outcome stands in the row, even if it is no text. */
    private boolean hasOutcome(byte[] line) {
        try {
            outcome.decode(line, 0, line.length, outcomeText);
            return outcomeText.present(0);
        } catch (UndecodableException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
