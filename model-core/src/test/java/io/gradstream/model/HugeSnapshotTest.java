package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.model.InputSpec.NumbersInput;
import io.gradstream.model.layers.Linear;
import io.gradstream.model.optimizers.OptimizerSpec;
import io.gradstream.model.snapshots.SafetensorsWriter;
import io.gradstream.model.snapshots.SnapshotException;
import io.gradstream.model.spec.Json;
import io.gradstream.model.spec.SpecWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A snapshot that says it is of a huge model, with a right hash and few tensors, costs no memory. */
class HugeSnapshotTest {
    @Test
    void tensorsAreLookedAtBeforeRoomIsMadeForThem() {
        byte[] wide = snapshot(spec(30_000, 64), new float[12], 3, 4);
        String problem = "tensor \"out.weight\", F32 [3, 4], was wanted as F32 [30000, 70000]";
        assertThatThrownBy(() -> Model.read(wide))
                .isInstanceOf(SnapshotException.class)
                .hasMessage(problem);
        assertThatThrownBy(() -> Learner.read(wide))
                .isInstanceOf(SnapshotException.class)
                .hasMessage(problem);
    }

    @Test
    void aHugeMiniBatchIsRefused() {
        byte[] rows = snapshot(spec(1, 1 << 30), new float[70_000], 1, 70_000);
        assertThatThrownBy(() -> Learner.read(rows))
                .isInstanceOf(SnapshotException.class)
                .hasMessageStartingWith(
                        "no learner can be made of the snapshot here: layers[0] 'out' (linear): wanted at"
                                + " most 2^31 - 9 numbers in a buffer");
    }

    private static ModelSpec spec(int width, int batchSize) {
        return ModelSpec.of(
                        List.of(new NumbersInput("x", width, false)),
                        List.of(NodeSpec.of("out", new Linear(70_000))),
                        Task.MULTICLASS,
                        OptimizerSpec.sgd(0.1f))
                .withBatchSize(batchSize);
    }

    private static byte[] snapshot(ModelSpec spec, float[] weights, int... shape) {
        SafetensorsWriter writer = new SafetensorsWriter()
                .add("out.weight", weights, 0, shape)
                .add("out.bias", new float[70_000], 0, 70_000);
        return writer.metadata(SnapshotFormat.FORMAT, SnapshotFormat.VERSION)
                .metadata(SnapshotFormat.LINEAGE, "made up")
                .metadata(SnapshotFormat.STEPS, "1")
                .metadata(SnapshotFormat.EXAMPLES, "1")
                .metadata(SnapshotFormat.SPEC, Json.write(SpecWriter.tree(spec)))
                .metadata(SnapshotFormat.SPEC_HASH, spec.hash())
                .metadata(SnapshotFormat.SHA256, writer.dataSha256())
                .bytes();
    }
}
