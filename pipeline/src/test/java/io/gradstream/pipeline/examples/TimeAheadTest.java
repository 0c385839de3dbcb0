package io.gradstream.pipeline.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.connectors.records.RawRecord;
import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.config.Pipeline.Input;
import io.gradstream.pipeline.config.PipelineFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times ahead of their record's own by more than max-ahead: they are dead letters, and move no watermark. */
class TimeAheadTest {

    private static final long WRITTEN = Instant.parse("2026-05-01T12:00:00Z").toEpochMilli();

    @TempDir
    Path folder;

    private Pipeline bounded;

    @BeforeEach
    void open() throws IOException {
        bounded = pipeline("max-ahead: 1h");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-05-01T13:00:00.000Z, false",
        "2026-05-01T13:00:00.001Z, true",
        "2150-01-01, true",
        "2001-01-01, false",
        "1900-01-01, false"
    })
    void ofEvents(String time, boolean ahead) throws Exception {
        check(new EventDecoder(bounded), bounded.events(), record(time, WRITTEN), ahead);
    }

    @ParameterizedTest
    @CsvSource({"2026-05-01T13:00:00.000Z, false", "2026-05-01T13:00:00.001Z, true", "2001-01-01, false"})
    void ofLabels(String time, boolean ahead) throws Exception {
        check(new LabelDecoder(bounded), bounded.labels().input(), record(time, WRITTEN), ahead);
    }

    @Test
    void withoutTheKeyNoTimeIsAhead() throws Exception {
        Pipeline pipeline = pipeline("out-of-orderness: 0s");
        check(new EventDecoder(pipeline), pipeline.events(), record("2199-12-31", WRITTEN), false);
    }

    @Test
    void aRecordWithoutATimestampIsNotMeasured() throws Exception {
        check(new EventDecoder(bounded), bounded.events(), record("2150-01-01", -1), false);
    }

    @Test
    void theMessageHasBothTimesAndTheBound() throws Exception {
        BadRecord bad = (BadRecord) new EventDecoder(bounded).read(record("2150-01-01", WRITTEN));
        assertThat(bad.content().message())
                .isEqualTo(
                        "the time is 2150-01-01T00:00:00Z, which is ahead of the record's own, 2026-05-01T12:00:00Z, by"
                                + " more than max-ahead = 3600000 ms");
    }

    private static void check(RecordReader reader, Input input, RawRecord record, boolean ahead) throws Exception {
        Incoming row = reader.read(record);
        assertThat(row instanceof BadRecord).isEqualTo(ahead);
        if (row instanceof BadRecord bad) {
            assertThat(bad.content().reason()).isEqualTo("time-ahead");
        }
        long time = EventTime.watermarks(input).createTimestampAssigner(null).extractTimestamp(record, 0);
        assertThat(time == Long.MIN_VALUE).isEqualTo(ahead);
    }

    private static RawRecord record(String time, long timestamp) {
        String json = "{\"i\":\"a\",\"t\":\"" + time + "\",\"x\":1,\"y\":1}";
        return new RawRecord().set(0, 0, 5, timestamp, null, json.getBytes(StandardCharsets.UTF_8));
    }

    private Pipeline pipeline(String more) throws IOException {
        Path file = Files.writeString(folder.resolve("times.yaml"), """
                name: times
                input: {topic: in, format: json, id: i, time: t, %1$s}
                features: [{numeric: [x]}]
                label: {field: y, topic: labels, id: i, time: t, %1$s}
                task: binary
                output: {predictions: out, dead-letters: dead}
                """.formatted(more));
        return PipelineFile.loadWithoutKafka(file).pipeline();
    }
}
