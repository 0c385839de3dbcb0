package io.gradstream.pipeline.replay;

import io.gradstream.connectors.formats.FieldValues;
import io.gradstream.pipeline.config.Replay;
import io.gradstream.pipeline.config.Replay.Term;

/** When the label of a row became known: the terms of {@code replay.known-at} added up, in milliseconds. */
final class KnownAt {

    private final Replay replay;

    KnownAt(Replay replay) {
        this.replay = replay;
    }

    /**
     * The moment, or {@link ReplaySequencer#NEVER} if a term's field is missing or not finite.
     *
     * @param values the fields of {@code replay.fields()}, in their order
     * @param eventTime what a plain delay counts from
     */
    long of(FieldValues values, long eventTime) {
        if (replay.terms().isEmpty()) {
            return eventTime + Math.max(0, replay.delayMillis());
        }
        long sum = 0;
        for (Term term : replay.terms()) {
            if (term.field() >= 0 && !values.present(term.field())) {
                return ReplaySequencer.NEVER;
            }
            sum += term.plus();
            if (term.field() >= 0) {
                double part = term.each() == 0
                        ? values.time(term.field())
                        : Math.max(term.atLeast(), values.number(term.field())) * term.each();
                if (!(Math.abs(part) < 1e15)) {
                    return ReplaySequencer.NEVER;
                }
                sum += Math.round(part);
            }
        }
        return sum;
    }
}
