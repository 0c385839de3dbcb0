package io.gradstream.pipeline.config;

import io.gradstream.connectors.formats.FieldType;
import io.gradstream.model.spec.Durations;
import io.gradstream.pipeline.config.Replay.Term;
import io.gradstream.pipeline.config.ReplaySpec.TermSpec;
import io.gradstream.pipeline.features.UsedFields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** When the label of a replayed row became known. */
final class ReplayCompiler {

    private ReplayCompiler() {}

    static Replay compile(ReplaySpec spec, Problems problems) {
        if (spec.knownAt().isEmpty() == spec.delay().isEmpty()) {
            problems.add(List.of("replay"), "takes either known-at or delay");
            return null;
        }
        if (spec.delay().isPresent()) {
            try {
                return delay(spec.delay().get());
            } catch (IllegalArgumentException e) {
                problems.add(List.of("replay", "delay"), e.getMessage());
                return null;
            }
        }
        UsedFields fields = new UsedFields();
        List<Term> terms = new ArrayList<>();
        int times = 0;
        for (int i = 0; i < spec.knownAt().size(); i++) {
            try {
                TermSpec term = spec.knownAt().get(i);
                terms.add(term(term, fields));
                times += term.field().isPresent() && term.each().isEmpty() ? 1 : 0;
            } catch (IllegalArgumentException e) {
                problems.add(List.of("replay", "known-at", i), e.getMessage());
            }
        }
        if (times != 1) {
            problems.add(
                    List.of("replay", "known-at"),
                    times == 0
                            ? "needs a time field to count from, such as [dep_time, 40m]"
                            : "takes one time field to count from, was given " + times
                                    + "; write the others as durations, or as numbers with 'each'");
        }
        return new Replay(fields.all(), terms, -1, 0);
    }

    private static Term term(TermSpec spec, UsedFields fields) {
        if (spec.plus().isPresent()) {
            return new Term(-1, 0, 0, spec.plus().get().toMillis());
        }
        if (spec.each().isEmpty()) {
            return new Term(fields.index(spec.field().get(), FieldType.TIME), 0, 0, 0);
        }
        if (spec.each().get().isZero()) {
            throw new IllegalArgumentException("each must be longer than 0");
        }
        return new Term(
                fields.index(spec.field().get(), FieldType.NUMBER),
                spec.each().get().toMillis(),
                spec.atLeast().orElse(Double.NEGATIVE_INFINITY),
                0);
    }

    /** @throws IllegalArgumentException when the text is neither a duration nor a number of events */
    static Replay delay(String text) {
        if (text.matches("0|[1-9][0-9]{0,11}")) {
            return Replay.afterEvents(Long.parseLong(text));
        }
        Duration delay = Durations.ifOne(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "wanted a duration such as 2h or a number of events such as 100, was \"" + text + "\""
                                + DecimalDigits.zerosInFront(text)));
        return Replay.after(delay.toMillis());
    }
}
