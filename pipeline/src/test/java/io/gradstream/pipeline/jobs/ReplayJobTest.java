package io.gradstream.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.connectors.formats.FormatException;
import io.gradstream.model.Model;
import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.config.PipelineFile;
import io.gradstream.pipeline.config.Replay;
import io.gradstream.pipeline.replay.ReplayResult;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Replays of files that are not as nice as an example. */
@Timeout(120)
class ReplayJobTest {
    private static final int N = 1500;

    @TempDir
    Path folder;

    /** More waits than a JobManager's memory takes as a checkpoint; a restart would write the files anew from the middle. */
    @Test
    void neitherCheckpointsNorRestartsWhateverFlinkIsToldTo() throws Exception {
        Pipeline pipeline =
                pipeline("model: {preset: cnn, channels: [2]}\nfeatures: [{image: pixels, height: 40, width: 40}]");
        StringBuilder csv = new StringBuilder("at,sold,pixels\n");
        for (int i = 0; i < N; i++) {
            csv.append(at(i))
                    .append(',')
                    .append(i % 2)
                    .append(",1")
                    .append(" 2 3".repeat(799))
                    .append(" 4\n");
        }
        Configuration told = new Configuration();
        told.setString("execution.checkpointing.interval", "10ms");
        told.setString("restart-strategy.type", "fixed-delay");
        told.setString("restart-strategy.fixed-delay.attempts", "3");
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, told);
        ReplayResult result = replay(env, pipeline.replaying(Replay.delayed("2h")), csv.toString());
        assertThat(result.examples()).isEqualTo(N);
        assertThat(Files.readAllLines(result.folder().resolve(ReplayResult.PREDICTIONS)))
                .hasSize(1 + N);
    }

    /** Each row is up to 4 s behind the newest; the labels, an hour later, are learned in order. */
    @Test
    void aFileOutOfOrderWithinTheBoundIsReplayedInOrder() throws Exception {
        String features = "features: [{numeric: price}]\nmodel: logistic";
        Pipeline sorted = pipeline(features).replaying(Replay.delayed("1h"));
        Pipeline bounded = pipeline(
                        features.replace("features", "order: event-time\nfeatures"), ", out-of-orderness: 4s")
                .replaying(Replay.delayed("1h"));
        ReplayResult inOrder = replay(local(), sorted, prices(i -> i));
        byte[] model = Files.readAllBytes(inOrder.folder().resolve(ReplayResult.MODEL));
        ReplayResult mixed = replay(local(), bounded, prices(i -> i - i % 5 + (4 - i % 5)));
        assertThat(mixed.metrics()).isEqualTo(inOrder.metrics());
        assertThat(mixed.counters()).containsEntry("outOfOrder", 0L);
        assertThat(sha256(Files.readAllBytes(mixed.folder().resolve(ReplayResult.MODEL))))
                .isEqualTo(sha256(model));
    }

    @Test
    void aFileOutOfOrderBeyondTheBoundIsRefusedWithTheLine() throws IOException {
        Pipeline pipeline =
                pipeline("features: [{numeric: price}]\nmodel: logistic").replaying(Replay.delayed("1h"));
        String csv = "at,sold,price\n" + at(1) + ",1,2\n" + at(5) + ",0,3\n" + at(2) + ",1,4\n";
        assertThatThrownBy(() -> replay(local(), pipeline, csv))
                .hasStackTraceContaining("rows.csv, line 4: at is 2023-11-14T22:13:22Z, but a row before it is of"
                        + " 2023-11-14T22:13:25Z, and input.out-of-orderness is 0s; sort the file by at, or raise"
                        + " input.out-of-orderness");
    }

    /** Rows are the numbers in {@code name}'s order. */
    private static String prices(IntUnaryOperator name) {
        StringBuilder csv = new StringBuilder("at,sold,price\n");
        for (int i = 0; i < N; i++) {
            int row = name.applyAsInt(i);
            csv.append(at(row))
                    .append(',')
                    .append(row * 7 % 13 % 2)
                    .append(',')
                    .append(row * 7 % 13)
                    .append('\n');
        }
        return csv.toString();
    }

    private static String sha256(byte[] snapshot) throws Exception {
        return Model.read(snapshot).info().sha256();
    }

    /** Lines are those of the file: a quoted cell may go over several, and empty ones are stepped over. */
    @Test
    void deadLettersNameTheLineOfTheFile() throws Exception {
        Pipeline pipeline = pipeline("features: [{numeric: price}, {categorical: note}]\nmodel: logistic");
        String csv = "at,sold,price,note\n" + at(1) + ",1,2,\"two\nlines\"\n\n" + at(2) + ",0,none,a\n" + at(3)
                + ",perhaps,4,b\n";
        assertThat(deadLetters(replay(local(), pipeline, csv)))
                .satisfiesExactly(
                        price -> assertThat(price).startsWith("5,"),
                        label -> assertThat(label).startsWith("6,"));
        assertThat(deadLetters(replay(local(), pipeline.replaying(Replay.delayed("1h")), csv)))
                .satisfiesExactlyInAnyOrder(
                        price -> assertThat(price).startsWith("5,"),
                        label -> assertThat(label).startsWith("6,"));
    }

    /** A "never" carries no clock away, whether it is far ahead or far behind: the other rows are learned, in their order. */
    @Test
    void rowsOfImpossibleTimesAreDeadLettersWhereTheOrderCounts() throws Exception {
        Pipeline pipeline =
                pipeline("features: [{numeric: price}]\nmodel: logistic").replaying(Replay.delayed("1h"));
        String csv = "at,sold,price\n" + at(1) + ",1,2\n9999-12-31,0,3\n" + at(2) + ",1,4\n0001-01-01,0,3\n" + at(3)
                + ",1,4\n";
        ReplayResult result = replay(local(), pipeline, csv);
        assertThat(deadLetters(result))
                .satisfiesExactly(
                        ahead -> assertThat(ahead).startsWith("3,impossible-time,"),
                        behind -> assertThat(behind).startsWith("5,impossible-time,"));
        assertThat(result.examples()).isEqualTo(3);
    }

    /** Each label is learned or a dead letter; one whose moment is missing never became known. */
    @Test
    void labelsWhoseMomentCannotBeAreDeadLetters() throws Exception {
        Pipeline pipeline = pipeline("features: [{numeric: price}]\nmodel: logistic\n"
                + "replay: {known-at: [sold_at, {field: parcels, each: 1h}]}");
        String csv =
                "at,sold,price,sold_at,parcels\n" + at(1) + ",1,2," + at(9) + ",1\n" + at(2) + ",0,3,soon,1\n" + at(3)
                        + ",1,4,0001-01-01,1\n" + at(4) + ",0,5," + at(9) + ",1e300\n" + at(5) + ",1,6," + at(9)
                        + ",NaN\n" + at(6)
                        + ",1,6," + at(9) + ",-Infinity\n" + at(7) + ",0,7,,1\n" + at(8) + ",1,8," + at(9) + ",two\n";
        ReplayResult result = replay(local(), pipeline, csv);
        assertThat(deadLetters(result))
                .satisfiesExactlyInAnyOrder(
                        unreadable -> assertThat(unreadable)
                                .startsWith("3,undecodable,")
                                .contains("field 'sold_at' is not a time"),
                        behind -> assertThat(behind).startsWith("4,impossible-time,"),
                        ahead -> assertThat(ahead).startsWith("5,impossible-time,"),
                        none -> assertThat(none).startsWith("6,impossible-time,"),
                        infinite -> assertThat(infinite).startsWith("7,impossible-time,"),
                        unreadable -> assertThat(unreadable)
                                .startsWith("9,undecodable,")
                                .contains("field 'parcels' is not a number"));
        assertThat(result.counters())
                .containsEntry("events", 8L)
                .containsEntry("labels", 7L)
                .containsEntry("learned", 1L)
                .containsEntry("deadLabels", 6L);
    }

    /** As from Kafka, where a label's record says nothing of its event. One that is empty is not there yet, whatever stands beside it. */
    @Test
    void labelsOfTheirOwnThatCannotBeReadAreDeadLetters() throws Exception {
        Path file = Files.writeString(folder.resolve("own.yaml"), """
                name: shop
                input: {topic: views, format: json, id: view, time: at}
                label: {topic: sales, field: paid, threshold: 5, id: view, time: sold_at, wait: 1d}
                features: [{numeric: price}]
                task: binary
                model: logistic
                batch-size: 16
                warm-up: 0s
                output: {predictions: out, dead-letters: dead}
                """);
        Pipeline pipeline = PipelineFile.loadWithoutKafka(file).pipeline();
        String csv = "view,at,price,paid,sold_at\n" + "a," + at(1) + ",2,9," + at(9) + "\n" + "b," + at(2) + ",3,n/a,"
                + at(9) + "\n" + "c," + at(3) + ",4,," + at(9) + "\n" + "d," + at(4) + ",none,n/a," + at(9) + "\n"
                + "e," + at(5) + ",6,,soon\n" + "f," + at(6) + ",7,\u00ff," + at(9) + "\n" + "g," + at(7) + ",8\n";
        for (Pipeline timed : List.of(pipeline, pipeline.replaying(Replay.delayed("2")))) {
            ReplayResult result = replay(local(), timed, csv, StandardCharsets.ISO_8859_1);
            assertThat(deadLetters(result))
                    .satisfiesExactlyInAnyOrder(
                            label -> assertThat(label)
                                    .startsWith("3,undecodable,")
                                    .contains("field 'paid' is not a number"),
                            event -> assertThat(event)
                                    .startsWith("5,undecodable,")
                                    .contains("field 'price'"),
                            label -> assertThat(label)
                                    .startsWith("5,undecodable,")
                                    .contains("field 'paid'"),
                            label -> assertThat(label)
                                    .startsWith("7,undecodable,")
                                    .contains("field 'paid'"),
                            row -> assertThat(row).startsWith("8,undecodable,").contains("3 cells"));
            assertThat(result.counters())
                    .containsEntry("events", 7L)
                    .containsEntry("deadEvents", 2L)
                    .containsEntry("labels", 4L)
                    .containsEntry("learned", 1L)
                    .containsEntry("deadLabels", 3L);
        }
    }

    /** The counters say why nothing was learned, and the files are CSV with a header. */
    @Test
    void whatBecameOfEachRowIsToldWhereNothingCouldBeLearned() throws Exception {
        Pipeline pipeline = pipeline("features: [{numeric: price}]\nmodel: logistic");
        ReplayResult result = replay(local(), pipeline, "at,sold,price\n" + at(1) + ",1,high\n" + at(2) + ",0,low\n");
        assertThat(result.examples()).isZero();
        assertThat(result.counters()).containsEntry("events", 2L).containsEntry("deadEvents", 2L);
        assertThat(result.folder().resolve(ReplayResult.MODEL)).doesNotExist();
        assertThat(Files.readString(result.folder().resolve(ReplayResult.PREDICTIONS)))
                .isEqualTo("id,event_time,version,duplicate,score\n");
    }

    /** The squares of such targets are no floats. */
    @Test
    void stepsThatWereSkippedAreAmongTheCounters() throws Exception {
        Pipeline pipeline = pipeline("features: [{numeric: price}]\nmodel: logistic", "", "regression");
        ReplayResult result =
                replay(local(), pipeline, "at,sold,price\n" + (at(1) + ",1e30,2\n").repeat(32) + at(2) + ",1e30,2\n");
        assertThat(result.version()).isZero();
        assertThat(result.counters()).containsEntry("learned", 33L).containsEntry("skippedSteps", 2L);
        assertThat(Files.readString(result.folder().resolve(ReplayResult.EVALUATION)))
                .contains("\"skippedSteps\":2");
    }

    @Test
    void anIdWithTheEndOfALineStaysOneRecord() throws Exception {
        Pipeline pipeline = pipeline("features: [{numeric: price}]\nmodel: logistic", ", id: name");
        ReplayResult result = replay(local(), pipeline, "name,at,sold,price\n\"a\rb\"," + at(1) + ",1,2\n");
        assertThat(Files.readString(result.folder().resolve(ReplayResult.PREDICTIONS)))
                .contains("\n\"a\rb\",");
    }

    @Test
    void columnsThatTheFileLacksAreRefusedBeforeAnythingIsMade() throws IOException {
        Pipeline pipeline =
                pipeline("features: [{numeric: [price, age]}]\nmodel: logistic").replaying(Replay.knownAt("sold_at"));
        assertThatThrownBy(() -> replay(local(), pipeline, "at,sold,price\n" + at(1) + ",1,2\n"))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("field 'age' is not among the CSV columns")
                .hasMessageContaining("field 'sold_at' is not among the CSV columns");
        assertThat(folder.resolve("results")).doesNotExist();
    }

    /** An id that is no column is the row's number; a feature of the same field has no such way out. */
    @Test
    void anIdThatIsAFeatureMustBeInTheFile() throws IOException {
        String logistic = "features: [{numeric: price}, {categorical: name}]\nmodel: logistic";
        String lstm = "features: [{numeric: price}, {tokens: name, steps: 3}]\nmodel: {preset: lstm, units: 2}";
        for (String features : List.of(logistic, lstm)) {
            Pipeline pipeline = pipeline(features, ", id: name");
            assertThatThrownBy(() -> replay(local(), pipeline, "at,sold,price\n" + at(1) + ",1,2\n"))
                    .isInstanceOf(FormatException.class)
                    .hasMessageContaining("field 'name' is not among the CSV columns");
        }
    }

    /** Flink's file source passes over names that begin with a point or an underscore. */
    @Test
    void aFileOfAnyNameIsRead() throws Exception {
        Pipeline pipeline = pipeline("features: [{numeric: price}]\nmodel: logistic");
        for (String name : List.of("_rows.csv", ".rows.csv", "a b#%20:.csv")) {
            Path file = Files.writeString(folder.resolve(name), "at,sold,price\n" + at(1) + ",1,2\n");
            StreamExecutionEnvironment env = local();
            ReplayJob.build(env, pipeline, file, folder.resolve("results"));
            env.execute();
            assertThat(ReplayResult.read(folder.resolve("results")).examples()).isEqualTo(1);
        }
    }

    private static List<String> deadLetters(ReplayResult result) throws IOException {
        List<String> lines = Files.readAllLines(result.folder().resolve(ReplayResult.DEAD_LETTERS));
        return lines.subList(1, lines.size());
    }

    private static StreamExecutionEnvironment local() {
        return StreamExecutionEnvironment.createLocalEnvironment(1);
    }

    private ReplayResult replay(StreamExecutionEnvironment env, Pipeline pipeline, String csv) throws Exception {
        return replay(env, pipeline, csv, StandardCharsets.UTF_8);
    }

    private ReplayResult replay(StreamExecutionEnvironment env, Pipeline pipeline, String csv, Charset charset)
            throws Exception {
        Path results = folder.resolve("results");
        ReplayJob.build(env, pipeline, Files.writeString(folder.resolve("rows.csv"), csv, charset), results);
        env.execute();
        return ReplayResult.read(results);
    }

    private Pipeline pipeline(String more) throws IOException {
        return pipeline(more, "");
    }

    private Pipeline pipeline(String more, String input) throws IOException {
        return pipeline(more, input, "binary");
    }

    private Pipeline pipeline(String more, String input, String task) throws IOException {
        Path file = Files.writeString(folder.resolve("shop.yaml"), """
                name: shop
                input: {topic: views, format: json, time: at%s}
                label: {field: sold}
                task: %s
                batch-size: 16
                warm-up: 0s
                output: {predictions: out, dead-letters: dead}
                %s
                """.formatted(input, task, more));
        return PipelineFile.loadWithoutKafka(file).pipeline();
    }

    private static long at(int i) {
        return 1_700_000_000_000L + 1000L * i;
    }
}
