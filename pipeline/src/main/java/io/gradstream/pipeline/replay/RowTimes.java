package io.gradstream.pipeline.replay;

import io.gradstream.connectors.formats.CsvFileException;
import io.gradstream.connectors.formats.FieldValues;
import io.gradstream.connectors.formats.FormatException;
import io.gradstream.connectors.formats.Formats;
import io.gradstream.connectors.formats.RecordDecoder;
import io.gradstream.connectors.formats.UndecodableException;
import io.gradstream.pipeline.config.Order;
import io.gradstream.pipeline.examples.EventTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * The times of a file's rows, one after the other. Where rows are put in the order of their times, one that is further behind than the
 * pipeline's {@code out-of-orderness} ends the replay: it would be processed when it comes, and that would depend on the speed.
 */
final class RowTimes {

    private final RecordDecoder decoder;
    private final FieldValues values = new FieldValues(1);
    private final String file;
    private final String column;
    private final boolean ordered;
    private final long outOfOrderness;
    private long newest = Long.MIN_VALUE;
    private long earliest = Long.MIN_VALUE;
    private long time = Long.MIN_VALUE;

    RowTimes(ReplayPlan plan, String file) throws FormatException {
        this.file = file;
        decoder = plan.time() == null ? null : Formats.decoder(plan.csv(), List.of(plan.time()));
        column = plan.time() == null ? "" : plan.time().path();
        ordered = plan.pipeline().order() == Order.EVENT_TIME;
        outOfOrderness = plan.pipeline().events().outOfOrdernessMillis();
    }

    /**
     * Steps to a row. Without a column of times, rows are a millisecond apart.
     *
     * @return whether it has a time of its own; else it gets that of the newest
     * @throws CsvFileException when it is too far behind the rows before it
     */
    boolean next(byte[] bytes, long number, long line) throws CsvFileException {
        earliest = newest == Long.MIN_VALUE ? Long.MIN_VALUE : newest - outOfOrderness;
        long own = decoder == null ? number : read(bytes);
        if (own == Long.MIN_VALUE) {
            time = newest;
            return false;
        }
        if (ordered && own < earliest) {
            throw new CsvFileException(file + ", line " + line + ": " + column + " is " + Instant.ofEpochMilli(own)
                    + ", but a row before it is of " + Instant.ofEpochMilli(newest) + ", and input.out-of-orderness is "
                    + Duration.ofMillis(outOfOrderness).toString().substring(2).toLowerCase(Locale.ROOT)
                    + "; sort the file by " + column + ", or raise input.out-of-orderness");
        }
        time = own;
        newest = Math.max(newest, own);
        return true;
    }

    /** The row's time. */
    long time() {
        return time;
    }

    /**
     * When the row's label became known, but no further behind the rows before it than a row may be: labels are put in order, too. A time
     * that no label is of stays as it is, so that decoding makes a dead letter of it.
     */
    long notBehind(long known) {
        return EventTime.isPossible(known) ? Math.max(known, earliest) : known;
    }

    /** Long.MIN_VALUE where it cannot be read or no event is of it: decoding makes a dead letter of the row. */
    private long read(byte[] bytes) {
        try {
            decoder.decode(bytes, 0, bytes.length, values);
            return values.present(0) && EventTime.isPossible(values.time(0)) ? values.time(0) : Long.MIN_VALUE;
        } catch (UndecodableException e) {
            return Long.MIN_VALUE;
        }
    }
}
