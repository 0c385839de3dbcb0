package io.gradstream.pipeline.replay;

import io.gradstream.connectors.formats.CsvFormat;
import io.gradstream.connectors.formats.FieldValues;
import io.gradstream.connectors.formats.FormatException;
import io.gradstream.connectors.formats.Formats;
import io.gradstream.connectors.formats.RecordDecoder;
import io.gradstream.connectors.formats.UndecodableException;
import io.gradstream.pipeline.config.Replay;
import io.gradstream.pipeline.config.Replay.Term;

/** When the label of a row became known: the terms of {@code replay.known-at} added up, in milliseconds. */
final class KnownAt {

    /** Further away than any time that a label may have, and small enough that a few of them can be added. */
    private static final long FAR = 1_000_000_000_000_000L;

    private final Replay replay;
    private final RecordDecoder decoder;
    private final FieldValues values;

    /** @throws FormatException when the file lacks a field of a term */
    KnownAt(Replay replay, CsvFormat csv) throws FormatException {
        this.replay = replay;
        decoder = Formats.decoder(csv, replay.fields());
        values = new FieldValues(replay.fields().size());
    }

    /**
     * The moment. {@link ReplaySequencer#NEVER} if a term's field is missing; the event's own time if one cannot be read, and a time that
     * no label is of if the sum is none: decoding the label says what is wrong, and makes a dead letter of it.
     *
     * @param line of the file
     * @param eventTime what a plain delay counts from
     */
    long of(byte[] line, long eventTime) {
        if (replay.terms().isEmpty()) {
            return near(eventTime + near(Math.max(0, replay.delayMillis())));
        }
        try {
            decoder.decode(line, 0, line.length, values);
        } catch (UndecodableException e) {
            return eventTime;
        }
        long sum = 0;
        for (Term term : replay.terms()) {
            if (term.field() >= 0 && !values.present(term.field())) {
                return ReplaySequencer.NEVER;
            }
            sum = near(sum + near(term.plus()) + near(part(term)));
        }
        return sum;
    }

    /** What the term's field adds; one that is not a number is nothing that could be. */
    private long part(Term term) {
        if (term.field() < 0) {
            return 0;
        }
        if (term.each() == 0) {
            return values.time(term.field());
        }
        double part = Math.max(term.atLeast(), values.number(term.field())) * term.each();
        return Double.isNaN(part) ? FAR : Math.round(part);
    }

    private static long near(long millis) {
        return Math.max(-FAR, Math.min(FAR, millis));
    }
}
