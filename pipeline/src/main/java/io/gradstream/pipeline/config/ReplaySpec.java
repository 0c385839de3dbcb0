package io.gradstream.pipeline.config;

import io.gradstream.model.spec.Default;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Durations;
import io.gradstream.model.spec.FromText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** When the label in a row of a replayed file became known. */
@Doc("When the label in a row of a replayed file became known: known-at or delay, not both.")
public record ReplaySpec(
        @Doc(
                "A time field, or terms that are added up, of which one is a time field: [dep_time, 40m, {field: distance, each: 8s}].")
        @Default("[]")
        List<TermSpec> knownAt,

        @Doc("The same delay for each row: a duration after the event's time (2h), or a number of events (100)."
                + " Counted in events: labels that are due at a time come before all its events, so one may be known earlier by as"
                + " many events as share that time; where times are dates, by all of a day.")
        Optional<String> delay) {

    /** One term of {@code known-at}: a time field, a field times a duration, or a duration. */
    @Doc("One term of known-at. Text alone is a duration if it reads as one (40m), else a field.")
    public record TermSpec(
            @Doc("A field: a time, or a number if 'each' is there.")
            Optional<String> field,

            @Doc("What one unit of the field stands for.") Optional<Duration> each,
            @Doc("The field counts at least this much.") Optional<Double> atLeast,
            @Doc("A constant.") Optional<Duration> plus) {

        public TermSpec {
            if (field.isPresent() == plus.isPresent()) {
                throw new IllegalArgumentException("a term is either a field or a constant 'plus'");
            }
            if (atLeast.isPresent() && each.isEmpty()) {
                throw new IllegalArgumentException("at-least needs 'each'");
            }
            if (each.isPresent() && field.isEmpty()) {
                throw new IllegalArgumentException("each needs a 'field'");
            }
        }

        /** A duration if it reads as one, else a field. */
        @FromText
        static TermSpec of(String text) {
            Optional<Duration> plus = Durations.ifOne(text);
            return new TermSpec(
                    plus.isPresent() ? Optional.empty() : Optional.of(text), Optional.empty(), Optional.empty(), plus);
        }
    }
}
