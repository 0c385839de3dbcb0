package io.gradstream.pipeline.replay;

import io.gradstream.model.spec.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a replay came to.
 *
 * @param examples labelled examples that were evaluated, each as it was served
 * @param version steps the model has made
 * @param metrics name to value, over all of them
 * @param counters what became of every event and label, and how many mini-batches were skipped
 * @param folder where the files are: {@link #PREDICTIONS}, {@link #DEAD_LETTERS}, {@link #EVALUATION} and {@link #MODEL}
 */
public record ReplayResult(
        long examples, long version, Map<String, Double> metrics, Map<String, Long> counters, Path folder) {

    /** Every prediction in the order it was made, as CSV. */
    public static final String PREDICTIONS = "predictions.csv";
    /** Lines that could not be used, with the reason, as CSV. */
    public static final String DEAD_LETTERS = "dead-letters.csv";
    /** The evaluation over all labelled examples, as JSON. */
    public static final String EVALUATION = "evaluation.json";
    /** The model at the end; not there if it has made no step. */
    public static final String MODEL = "model.safetensors";
    /** All of them; the evaluation first, since where it is the others are whole. */
    public static final List<String> FILES = List.of(EVALUATION, PREDICTIONS, DEAD_LETTERS, MODEL);

    /** Reads what a replay wrote. */
    public static ReplayResult read(Path folder) throws IOException {
        Map<?, ?> tree = (Map<?, ?>) Json.read(Files.readString(folder.resolve(EVALUATION)));
        Map<String, Double> metrics = new LinkedHashMap<>();
        ((Map<?, ?>) tree.get("metrics"))
                .forEach((name, value) -> metrics.put((String) name, ((Number) value).doubleValue()));
        Map<String, Long> counters = new LinkedHashMap<>();
        if (tree.get("counters") instanceof Map<?, ?> counted) {
            counted.forEach((name, value) -> counters.put((String) name, ((Number) value).longValue()));
        }
        return new ReplayResult(
                ((Number) tree.get("examples")).longValue(),
                ((Number) tree.get("version")).longValue(),
                metrics,
                counters,
                folder);
    }
}
