package io.gradstream.pipeline.config;

import io.gradstream.connectors.formats.Field;
import io.gradstream.connectors.formats.FieldType;
import java.io.Serializable;
import java.util.List;

/**
 * When the label of a replayed row became known: a sum of terms, a delay after the event's time, or a number of events later.
 *
 * @param fields the columns that the terms need; terms are indices into it
 * @param terms empty: {@code delayMillis} or {@code delayEvents} counts
 * @param delayMillis -1: {@code delayEvents} counts
 */
public record Replay(List<Field> fields, List<Term> terms, long delayMillis, long delayEvents) implements Serializable {

    /**
     * Known after a delay, as the pipeline file writes it.
     *
     * @param text a duration (2h) or a number of events (100)
     * @throws IllegalArgumentException if it is neither
     */
    public static Replay delayed(String text) {
        return ReplayCompiler.delay(text);
    }

    /** Known at the time in a field. */
    public static Replay knownAt(String field) {
        return new Replay(List.of(new Field(field, FieldType.TIME)), List.of(new Term(0, 0, 0, 0)), -1, 0);
    }

    /** A delay after the event's time. */
    public static Replay after(long millis) {
        return new Replay(List.of(), List.of(), millis, 0);
    }

    /** A number of events later. */
    public static Replay afterEvents(long events) {
        return new Replay(List.of(), List.of(), -1, events);
    }

    /**
     * @param field index, or -1 for a constant
     * @param each ms that one unit of the field stands for; 0: the field is a time
     * @param atLeast the field counts at least this much
     * @param plus ms added
     */
    public record Term(int field, double each, double atLeast, long plus) implements Serializable {}
}
