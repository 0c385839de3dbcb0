package io.gradstream.pipeline.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.config.PipelineFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code input.weight}: what an example counts for when it is learned, also when its label comes later and after a restore. */
class ExampleWeightTest {
    private static final int N = 100;
    private static final String WEIGHED = ", weight: amount";

    @TempDir
    Path folder;

    /** Plain SGD doubles each gradient to the bit and halves it again. */
    @ParameterizedTest(name = "labels apart: {0}")
    @ValueSource(booleans = {false, true})
    void twiceTheWeightIsTwiceTheLearningRate(boolean apart) throws Exception {
        assertThat(scores(load(apart, WEIGHED, "0.0625"), ",\"amount\":2"))
                .containsExactlyElementsOf(scores(load(apart, "", "0.125"), ""))
                .isNotEqualTo(scores(load(apart, "", "0.0625"), ""))
                .hasSize(N);
    }

    @ParameterizedTest(name = "labels apart: {0}")
    @ValueSource(booleans = {false, true})
    void aWeightThatIsMissingIs1AndOneOf0TeachesNothing(boolean apart) throws Exception {
        Pipeline weighed = load(apart, WEIGHED, "0.125");
        List<String> plain = scores(load(apart, "", "0.125"), "");
        assertThat(scores(weighed, "")).isEqualTo(plain);
        assertThat(scores(weighed, ",\"amount\":null")).isEqualTo(plain);
        assertThat(scores(weighed, ",\"amount\":0"))
                .allMatch(line -> line.endsWith(" 0.5 false"), "as before the first step");
    }

    @Test
    void aWeightThatCannotBeIsADeadLetter() throws Exception {
        try (OperatorRun run = new OperatorRun(load(false, WEIGHED, "0.125"))) {
            for (String weight : List.of("-1", "1e31", "\"NaN\"", "\"heavy\"")) {
                run.event(event(1, ",\"amount\":" + weight));
            }
            run.event(event(1, ",\"amount\":\"0.5\""));
            run.weights();
            assertThat(run.counters()).containsEntry("deadEvents", 4L).containsEntry("learned", 1L);
        }
    }

    /** What was served, by ids; restored half way. */
    private static List<String> scores(Pipeline pipeline, String more) throws Exception {
        OperatorRun run = new OperatorRun(pipeline);
        for (int i = 0; i < N; i++) {
            if (i == N / 2) {
                run = run.restored(pipeline);
            }
            run.event(event(i, more));
            if (!pipeline.labelInEvent() && i >= 3) {
                run.label("{\"id\":\"v" + (i - 3) + "\",\"time\":" + time(i) + ",\"sold\":" + sold(i - 3) + "}");
            }
        }
        try (OperatorRun last = run) {
            last.weights();
            return last.out().stream().filter(line -> line.startsWith("v")).toList();
        }
    }

    private static String event(int i, String more) {
        return "{\"id\":\"v" + i + "\",\"time\":" + time(i) + ",\"price\":" + i % 7 + ",\"sold\":" + sold(i) + more
                + "}";
    }

    private static int sold(int i) {
        return i % 7 > 3 ? 1 : 0;
    }

    private static long time(int i) {
        return 1_700_000_000_000L + 1000L * i;
    }

    private Pipeline load(boolean apart, String weight, String rate) throws IOException {
        Path file = Files.writeString(folder.resolve("p.yaml"), """
                name: shop
                warm-up: 0s
                input: {topic: views, format: json, id: id, time: time%s}
                features: [{numeric: price}]
                label: {field: sold%s}
                task: binary
                optimizer: {type: sgd, learning-rate: %s}
                batch-size: 4
                output: {predictions: p, dead-letters: d}
                """.formatted(
                        weight, apart ? ", topic: sales, id: id, time: time" : "", rate));
        return PipelineFile.loadWithoutKafka(file).pipeline();
    }
}
