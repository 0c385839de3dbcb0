package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.model.InputSpec.NumbersInput;
import io.gradstream.model.layers.Init;
import io.gradstream.model.layers.Linear;
import io.gradstream.model.optimizers.OptimizerSpec;
import io.gradstream.model.snapshots.SafetensorsWriter;
import io.gradstream.model.snapshots.SnapshotException;
import io.gradstream.model.spec.Json;
import io.gradstream.model.spec.SpecWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps and examples are in a snapshot twice, and only the tensors have a checksum. */
class SnapshotCountersTest {
    private static final ModelSpec SPEC = ModelSpec.of(
            List.of(new NumbersInput("x", 2, false)),
            List.of(NodeSpec.of("out", new Linear(1, false, Init.ZEROS))),
            Task.BINARY,
            OptimizerSpec.sgd(0.5f));

    @ParameterizedTest
    @CsvSource({"version, 46, -5", "version, 46, 47", "examples, 2944, 9999", "examples, 2944, -294"})
    void metadataThatSayOtherwiseAreRefused(String key, String before, String after) throws Exception {
        byte[] snapshot = snapshot(46, 2944, 3);
        assertThat(Model.read(snapshot).info().version()).isEqualTo(46);
        assertThat(Learner.read(snapshot).examples()).isEqualTo(2944);
        String header = new String(snapshot, StandardCharsets.ISO_8859_1);
        String entry = "\"gradstream." + key + "\":\"";
        assertThat(header).containsOnlyOnce(entry + before + '"');
        refused(
                header.replace(entry + before, entry + after).getBytes(StandardCharsets.ISO_8859_1),
                "the snapshot was altered: gradstream." + key + " wanted " + before + ", as in learner/counters, came "
                        + after);
    }

    @ParameterizedTest
    @CsvSource({"-1, 2, 0", "1, -2, 0", "1, 2, -3"})
    void countsBelowZeroAreRefused(long steps, long examples, long skipped) {
        refused(
                snapshot(steps, examples, skipped),
                "learner/counters: wanted 0 or more each, came [" + steps + ", " + examples + ", " + skipped + "]");
    }

    @ParameterizedTest
    @CsvSource({"4611686018427387904, 2, 0", "1, 9007199254740993, 0", "1, 2, 9223372036854775807"})
    void countsThatNoLearnerComesToAreRefused(long steps, long examples, long skipped) {
        refused(
                snapshot(steps, examples, skipped),
                "learner/counters: wanted at most 2^53 each, came [" + steps + ", " + examples + ", " + skipped + "]");
    }

    @Test
    void aFileOfWeightsAloneIsReadAsAModel() throws Exception {
        assertThat(Model.read(weights("7")).info().version()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-7", "4611686018427387904"})
    void itsMetadataAreCheckedAsWell(String version) {
        refused(weights(version), "gradstream.version: wanted 0 to 2^53, came " + version);
    }

    private static byte[] snapshot(long steps, long examples, long skipped) {
        Learner learner = Learner.create(SPEC);
        learner.state().counters(steps, examples, skipped, 0.5f);
        return learner.snapshot(Map.of());
    }

    private static byte[] weights(String version) {
        SafetensorsWriter writer = new SafetensorsWriter().add("out.weight", new float[2], 0, 2, 1);
        return writer.metadata(SnapshotFormat.FORMAT, SnapshotFormat.VERSION)
                .metadata(SnapshotFormat.LINEAGE, "made up")
                .metadata(SnapshotFormat.STEPS, version)
                .metadata(SnapshotFormat.EXAMPLES, "1")
                .metadata(SnapshotFormat.SPEC, Json.write(SpecWriter.tree(SPEC)))
                .metadata(SnapshotFormat.SPEC_HASH, SPEC.hash())
                .metadata(SnapshotFormat.SHA256, writer.dataSha256())
                .bytes();
    }

    private static void refused(byte[] snapshot, String message) {
        assertThatThrownBy(() -> Model.read(snapshot))
                .isInstanceOf(SnapshotException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> Learner.read(snapshot))
                .isInstanceOf(SnapshotException.class)
                .hasMessage(message);
    }
}
