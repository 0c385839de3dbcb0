package io.gradstream.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Durations, intervals and moments that are no such, or wrong beside others. */
class TimeChecksTest {

    @TempDir
    Path temp;

    private PipelineFolder folder;

    @BeforeEach
    void open() {
        folder = new PipelineFolder(temp);
    }

    /** Wherever one may stand, also beside other text. */
    @Test
    void durationsHaveNoZerosInFront() {
        String wanted = "wanted a duration such as 500ms, 10s, 5m, 2h or 2d, got the text \"010h\"; write the number"
                + " without zeros in front";
        assertThat(folder.flights("wait: 2d", "wait: 010h")).containsExactly("p.yaml:24: label.wait: " + wanted);
        assertThat(folder.flights("every: 1d", "every: 010h"))
                .containsExactly("p.yaml:31: output.snapshots.every: " + wanted);
        assertThat(folder.flights("40m", "010h")).containsExactly("p.yaml:35: replay.known-at[1]: " + wanted);
        assertThat(folder.clicks("task: binary", PipelineFolder.after("task: binary", "replay: {delay: 010h}")))
                .containsExactly("p.yaml:9: replay.delay: " + wanted);
    }

    @Test
    void durationsThatNoClockCounts() {
        for (String key : List.of("wait-for-model", "warm-up", "checkpoint-interval")) {
            assertThat(folder.clicks("task: binary", PipelineFolder.after("task: binary", key + ": 106752d")))
                    .containsExactly("p.yaml:9: " + key + ": \"106752d\" is too long a duration");
        }
        assertThat(folder.clicks("task: binary", PipelineFolder.after("task: binary", "wait-for-model: 100000d")))
                .isEmpty();
    }

    @Test
    void aBoundOfTimesThatTheBrokerBounds() {
        String bound =
                "max-ahead: is for a time in a field; the broker bounds a record's own, with message.timestamp.after.max.ms";
        assertThat(folder.flights("  time: dep_time", "  max-ahead: 1d")).containsExactly("p.yaml:8: input." + bound);
        assertThat(folder.flights("  time: landed", "  max-ahead: 1d")).containsExactly("p.yaml:21: label." + bound);
        assertThat(folder.flights("  time: dep_time", "  time: dep_time\n  max-ahead: 1d"))
                .isEmpty();
        assertThat(folder.flights("  time: dep_time", "  time: dep_time\n  max-ahead: -1d"))
                .singleElement()
                .asString()
                .startsWith("p.yaml:9: input.max-ahead: ");
        assertThat(folder.clicks("{field: clicked}", "{field: clicked, max-ahead: 1d}"))
                .containsExactly(
                        "p.yaml:7: label.max-ahead: is for labels on a topic of their own; add label.topic or leave it"
                                + " out");
    }

    @Test
    void checkpointsAndTransactions() {
        assertThat(folder.flights("task: binary", PipelineFolder.after("task: binary", "checkpoint-interval: 20m")))
                .singleElement()
                .asString()
                .contains("must be well below kafka's transaction.timeout.ms (900000)");
        assertThat(folder.flights(
                        "task: binary",
                        PipelineFolder.after("task: binary", "checkpoint-interval: 10s"),
                        "localhost:9092",
                        PipelineFolder.after("localhost:9092", "  transaction.timeout.ms: 10000")))
                .singleElement()
                .asString()
                .contains("(10000 ms)", "transaction.timeout.ms (10000)");
        assertThat(folder.flights(
                        "task: binary",
                        PipelineFolder.after("task: binary", "checkpoint-interval: 10s"),
                        "localhost:9092",
                        PipelineFolder.after("localhost:9092", "  transaction.timeout.ms: \" 10000 \"")))
                .singleElement()
                .asString()
                .contains("(10000 ms)", "transaction.timeout.ms (10000)");
    }

    @Test
    void snapshotsEvery() {
        assertThat(folder.flights("every: 1d", "every: daily"))
                .containsExactly(
                        "p.yaml:31: output.snapshots.every: wanted a number of steps such as 1000, or a duration"
                                + " of event time such as 1h, was \"daily\"");
        assertThat(folder.flights("every: 1d", "every: 0")).hasSize(1);
        for (String every : List.of("010", "\"010 steps\"", "01000")) {
            assertThat(folder.flights("every: 1d", "every: " + every))
                    .containsExactly("p.yaml:31: output.snapshots.every: wanted a number of steps such as 1000, or a"
                            + " duration of event time such as 1h, was \"" + every.replace("\"", "")
                            + "\"; write the number without zeros in front");
        }
        assertThat(folder.flights("every: 1d", "every: 999999999999d"))
                .containsExactly("p.yaml:31: output.snapshots.every: \"999999999999d\" is too long a duration");
    }

    @Test
    void replay() {
        assertThat(folder.flights("40m", "999999999999d"))
                .singleElement()
                .asString()
                .contains("replay.known-at[1]")
                .endsWith("\"999999999999d\" is too long a duration");
        assertThat(folder.flights("known-at:", "delay: 1h\n  known-at:"))
                .containsExactly("p.yaml:34: replay: takes either known-at or delay");
        for (String delay : List.of("010", "00")) {
            assertThat(folder.clicks(
                            "task: binary", PipelineFolder.after("task: binary", "replay: {delay: " + delay + "}")))
                    .containsExactly(
                            "p.yaml:9: replay.delay: wanted a duration such as 2h or a number of events such as"
                                    + " 100, was \"" + delay + "\"; write the number without zeros in front");
        }
        assertThat(folder.clicks("task: binary", PipelineFolder.after("task: binary", "replay: {delay: 10}")))
                .isEmpty();
        assertThat(folder.clicks("task: binary", PipelineFolder.after("task: binary", "replay: {delay: 0}")))
                .isEmpty();
        assertThat(folder.flights("[dep_time, 40m", "[40m"))
                .singleElement()
                .asString()
                .contains("replay.known-at: needs a time field to count from");
        assertThat(folder.flights("each: 8s", "at-least: 1"))
                .singleElement()
                .asString()
                .contains("replay.known-at[2].at-least: needs 'each'");
    }

    /** Two of them, added up, would be a moment about a century away. */
    @Test
    void aLabelIsKnownFromOneTimeOn() {
        assertThat(folder.flights("known-at: [dep_time, 40m,", "known-at: [dep_time, landed, 40m,"))
                .containsExactly(
                        "p.yaml:35: replay.known-at: takes one time field to count from, was given 2; write the"
                                + " others as durations, or as numbers with 'each'");
    }
}
