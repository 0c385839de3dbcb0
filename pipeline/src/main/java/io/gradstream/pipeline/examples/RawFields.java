package io.gradstream.pipeline.examples;

import io.gradstream.connectors.formats.FieldValues;
import io.gradstream.connectors.formats.FormatException;
import io.gradstream.connectors.formats.Formats;
import io.gradstream.connectors.formats.RecordDecoder;
import io.gradstream.connectors.formats.UndecodableException;
import io.gradstream.connectors.records.DeadLetter;
import io.gradstream.connectors.records.RawRecord;
import io.gradstream.pipeline.config.Pipeline.Input;
import io.gradstream.pipeline.features.BadExampleException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/** What events and labels have in common: fields, an id, a time, an origin. */
final class RawFields {

    /** An id is kept with each event that waits, and leaves with each prediction. */
    private static final int LONGEST_ID = 1024;

    private final Input input;
    private final int firstTopic;
    private final RecordDecoder decoder;
    private final FieldValues values;
    private final String[] prefixes = new String[64];
    private final boolean labels;
    private int prefixTopic = -1;

    /**
     * @param firstTopic index of this input's first topic among the pipeline's input topics
     * @param labels whether these are the labels
     */
    RawFields(Input input, int firstTopic, boolean labels) throws FormatException {
        this.input = input;
        this.firstTopic = firstTopic;
        this.labels = labels;
        decoder = Formats.decoder(input.format(), input.fields());
        values = new FieldValues(input.fields().size());
    }

    FieldValues decode(RawRecord record) throws UndecodableException, BadExampleException {
        if (record.value() == null) {
            throw new BadExampleException(Reasons.TOMBSTONE, "the record has no value");
        }
        decoder.decode(record.value(), 0, record.value().length, values);
        return values;
    }

    String id(RawRecord record) throws BadExampleException {
        String id;
        if (input.id() == Input.ORIGIN) {
            return origin(record);
        } else if (input.id() == Input.RECORD_KEY) {
            id = record.key() == null ? "" : text(record.key());
        } else {
            id = values.present(input.id()) ? values.text(input.id()) : "";
        }
        if (id.isEmpty()) {
            throw new BadExampleException(Reasons.MISSING_ID, "the id " + idSource() + " is missing or empty");
        }
        if (id.length() > LONGEST_ID) {
            throw new BadExampleException(
                    Reasons.ID_TOO_LONG,
                    "the id " + idSource() + " has " + id.length() + " characters; at most " + LONGEST_ID
                            + " are taken");
        }
        return id;
    }

    /** Bytes that are no text would all become the same characters, and different keys one id. */
    private static String text(byte[] key) throws BadExampleException {
        String text = new String(key, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0 && !Arrays.equals(key, text.getBytes(StandardCharsets.UTF_8))) {
            throw new BadExampleException(
                    Reasons.ID_NOT_UTF8,
                    "the id from the record's key is not UTF-8 text; name a field as the id instead");
        }
        return text;
    }

    long time(RawRecord record) throws BadExampleException {
        if (input.time() == Input.RECORD_TIMESTAMP) {
            return possible(record.timestamp());
        }
        if (!values.present(input.time())) {
            throw new BadExampleException(
                    Reasons.MISSING_TIME,
                    "the time '" + input.fields().get(input.time()).path() + "' is missing");
        }
        return notAhead(possible(values.time(input.time())), record);
    }

    private long notAhead(long time, RawRecord record) throws BadExampleException {
        if (EventTime.isAhead(time, record, input.maxAheadMillis())) {
            throw new BadExampleException(
                    Reasons.TIME_AHEAD,
                    "the time is " + Instant.ofEpochMilli(time) + ", which is ahead of the record's own, "
                            + Instant.ofEpochMilli(record.timestamp()) + ", by more than max-ahead = "
                            + input.maxAheadMillis() + " ms");
        }
        return time;
    }

    private static long possible(long time) throws BadExampleException {
        if (EventTime.isPossible(time)) {
            return time;
        }
        throw new BadExampleException(
                Reasons.IMPOSSIBLE_TIME,
                "the time is " + Instant.ofEpochMilli(time) + "; events are of the years 1900 to 2199");
    }

    BadRecord bad(RawRecord record, String reason, String message) {
        return new BadRecord(
                origin(record),
                labels,
                topic(record),
                new DeadLetter(
                        reason,
                        message,
                        topicName(record),
                        record.partition(),
                        record.offset(),
                        record.timestamp(),
                        record.key(),
                        record.value()));
    }

    /** topic-partition-offset, with the part that repeats made once. */
    private String origin(RawRecord record) {
        if (record.topic() != prefixTopic) {
            Arrays.fill(prefixes, null);
            prefixTopic = record.topic();
        }
        if (record.partition() >= prefixes.length) {
            return topicName(record) + "-" + record.partition() + "-" + record.offset();
        }
        String prefix = prefixes[record.partition()];
        if (prefix == null) {
            prefix = topicName(record) + "-" + record.partition() + "-";
            prefixes[record.partition()] = prefix;
        }
        return prefix + record.offset();
    }

    /** Index of the record's topic among all input topics of the pipeline. */
    int topic(RawRecord record) {
        return firstTopic + record.topic();
    }

    private String topicName(RawRecord record) {
        return input.topics().get(record.topic());
    }

    private String idSource() {
        return input.id() == Input.RECORD_KEY
                ? "from the record's key"
                : "'" + input.fields().get(input.id()).path() + "'";
    }
}
