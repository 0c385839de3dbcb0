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

/** Times that no event has: they are dead letters, and move no watermark. */
class ImpossibleTimeTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "9999-12-31, true",
        "2200-01-01, true",
        "2199-12-31T23:59:59.999Z, false",
        "1900-01-01, false",
        "1899-12-31T23:59:59.999Z, true"
    })
    void inAField(String time, boolean impossible) throws Exception {
        RawRecord record = record("{\"t\":\"" + time + "\",\"x\":1,\"y\":1}", 0);
        check(pipeline("time: t"), record, impossible);
    }

    @ParameterizedTest
    @CsvSource({"253402214400000, true", "1700000000000, false", "-9000000000000, true"})
    void ofTheRecord(long time, boolean impossible) throws Exception {
        check(pipeline("time: record-timestamp"), record("{\"x\":1,\"y\":1}", time), impossible);
    }

    private static void check(Pipeline pipeline, RawRecord record, boolean impossible) throws Exception {
        Incoming row = new EventDecoder(pipeline).read(record);
        assertThat(row instanceof BadRecord).isEqualTo(impossible);
        long time = EventTime.watermarks(pipeline.events())
                .createTimestampAssigner(null)
                .extractTimestamp(record, 0);
        assertThat(time == Long.MIN_VALUE).isEqualTo(impossible);
        if (row instanceof BadRecord bad) {
            assertThat(bad.content().reason()).isEqualTo("impossible-time");
            assertThat(bad.content().message()).endsWith("events are of the years 1900 to 2199");
        }
    }

    private static RawRecord record(String json, long time) {
        return new RawRecord().set(0, 0, 5, time, null, json.getBytes(StandardCharsets.UTF_8));
    }

    private Pipeline pipeline(String time) throws Exception {
        String yaml = """
                name: times
                input: {topic: in, format: json, %s}
                features: [{numeric: [x]}]
                label: {field: y}
                task: binary
                output: {predictions: out, dead-letters: dead}
                """;
        Path file = Files.writeString(folder.resolve("times.yaml"), yaml.formatted(time));
        return PipelineFile.loadWithoutKafka(file).pipeline();
    }
}
