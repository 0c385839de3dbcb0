package io.gradstream.pipeline.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.connectors.records.RawRecord;
import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.config.PipelineFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an event needs to be learned, and what to be scored. */
class EventDecoderTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"1, 1, true", "7, 1, false", "1, -3, false", "-1, 0.5, false"})
    void labelAndWeightMatterOnlyWhereTheyAreLearned(String label, String weight, boolean learned) throws Exception {
        Pipeline pipeline = pipeline();
        RawRecord record =
                record("{\"at\": 5, \"x\": 2, \"label\": \"" + label + "\", \"weight\": \"" + weight + "\"}");
        assertThat(new EventDecoder(pipeline).read(record) instanceof Example).isEqualTo(learned);
        assertThat(EventDecoder.toScore(pipeline).read(record)).isInstanceOfSatisfying(Example.class, example -> {
            assertThat(example.labelled()).isFalse();
            assertThat(example.weight).isEqualTo(1);
        });
    }

    @ParameterizedTest
    @CsvSource({"5, NaN", "5, wide", "yesterday, 2"})
    void whatAScoreDependsOnMattersToBoth(String time, String x) throws Exception {
        Pipeline pipeline = pipeline();
        RawRecord record = record("{\"at\": \"" + time + "\", \"x\": \"" + x + "\", \"label\": 1, \"weight\": 1}");
        assertThat(new EventDecoder(pipeline).read(record)).isInstanceOf(BadRecord.class);
        assertThat(EventDecoder.toScore(pipeline).read(record)).isInstanceOf(BadRecord.class);
    }

    private Pipeline pipeline() throws Exception {
        Path file = folder.resolve("views.yaml");
        Files.writeString(file, """
                name: views
                input: {topic: views, format: json, time: at, weight: weight}
                features: [{numeric: [x]}]
                label: {field: label, classes: 3}
                task: multiclass
                model: {preset: logistic}
                output: {predictions: predictions, dead-letters: dead}
                """);
        return PipelineFile.loadWithoutKafka(file).pipeline();
    }

    private static RawRecord record(String json) {
        return new RawRecord().set(0, 0, 1, 5, null, json.getBytes(StandardCharsets.UTF_8));
    }
}
