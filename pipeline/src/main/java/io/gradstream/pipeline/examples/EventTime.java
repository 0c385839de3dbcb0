package io.gradstream.pipeline.examples;

import io.gradstream.connectors.formats.FieldValues;
import io.gradstream.connectors.formats.FormatException;
import io.gradstream.connectors.formats.Formats;
import io.gradstream.connectors.formats.RecordDecoder;
import io.gradstream.connectors.formats.UndecodableException;
import io.gradstream.connectors.records.RawRecord;
import io.gradstream.pipeline.config.Pipeline.Input;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * The event time of a record, read at the source so that each partition has a watermark of its own. Only the time's field is
 * decoded. A record without a readable time has none, and moves no watermark; decoding makes a dead letter of it.
 */
public final class EventTime implements TimestampAssigner<RawRecord> {

    private static final long EARLIEST = Instant.parse("1900-01-01T00:00:00Z").toEpochMilli();
    private static final long LATEST = Instant.parse("2200-01-01T00:00:00Z").toEpochMilli() - 1;

    /** The time of a record that has none: behind everything. */
    static final long NONE = Long.MIN_VALUE;

    private final RecordDecoder decoder;
    private final long maxAhead;
    private final FieldValues values = new FieldValues(1);

    private EventTime(Input input) {
        maxAhead = input.maxAheadMillis();
        try {
            decoder = input.time() == Input.RECORD_TIMESTAMP
                    ? null
                    : Formats.decoder(input.format(), List.of(input.fields().get(input.time())));
        } catch (FormatException e) {
            throw new IllegalStateException("the time's field cannot be read: " + e.getMessage(), e);
        }
    }

    /** Watermarks behind the newest event of each partition by the input's out-of-orderness. Which partitions are idle, the source says. */
    public static WatermarkStrategy<RawRecord> watermarks(Input input) {
        return WatermarkStrategy.<RawRecord>forGenerator(context -> new BehindNewest(input.outOfOrdernessMillis()))
                .withTimestampAssigner(context -> new EventTime(input));
    }

    /** Whether an event may be of this time: in the years 1900 to 2199. Any other would carry the clock away, for good. */
    public static boolean isPossible(long time) {
        return time >= EARLIEST && time <= LATEST;
    }

    /**
     * Whether a time is too far ahead of the record's own timestamp. That is in the log beside the record and never changes, so a
     * record that is read again is judged again as it was; a wall clock would take after a restart what it refused before.
     */
    static boolean isAhead(long time, RawRecord record, long maxAhead) {
        return maxAhead != Input.ANY_TIME && record.timestamp() >= 0 && time - maxAhead > record.timestamp();
    }

    private static long possibleOrNone(long time) {
        return isPossible(time) ? time : NONE;
    }

    @Override
    public long extractTimestamp(RawRecord record, long kafkaTimestamp) {
        if (decoder == null) {
            return possibleOrNone(record.timestamp());
        }
        byte[] value = record.value();
        if (value == null) {
            return NONE;
        }
        try {
            decoder.decode(value, 0, value.length, values);
            return values.present(0) && !isAhead(values.time(0), record, maxAhead)
                    ? possibleOrNone(values.time(0))
                    : NONE;
        } catch (UndecodableException | RuntimeException e) {
            return NONE;
        }
    }
}
