package io.gradstream.connectors.records;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * How good the predictions were, as served.
 *
 * @param model the model's name
 * @param lineage the lineage of the weights
 * @param version the number of steps the weights had made when this was written
 * @param scope over which labelled examples
 * @param examples how many labelled examples that were
 * @param eventTime event time of the newest of them, in milliseconds since the epoch
 * @param metrics name to value, in the order given; none is NaN
 */
public record Evaluation(
        String model,
        String lineage,
        long version,
        Scope scope,
        long examples,
        long eventTime,
        Map<String, Double> metrics)
        implements Outgoing {

    /** Over which labelled examples an evaluation is. */
    public enum Scope {
        /** All since the start from scratch. */
        ALL,
        /** The last full window. */
        WINDOW;

        /** As it is written: {@code all} or {@code window}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Evaluation {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(lineage, "lineage");
        Objects.requireNonNull(scope, "scope");
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }
}
