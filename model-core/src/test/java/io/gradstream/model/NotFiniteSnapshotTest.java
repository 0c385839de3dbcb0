package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.model.snapshots.DType;
import io.gradstream.model.snapshots.Safetensors;
import io.gradstream.model.snapshots.SnapshotException;
import io.gradstream.model.snapshots.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A snapshot with a number that is none, and a checksum that is right: whoever wrote it meant it. */
class NotFiniteSnapshotTest {
    private static final double[] NONE = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};

    @ParameterizedTest
    @MethodSource("io.gradstream.model.ContractSpecs#all")
    void noTensorOfAModelMayHaveOne(NamedSpec named) throws Exception {
        Learner learner = Learner.create(named.spec());
        Example example = new Example(named.spec(), 3);
        for (int i = 0; i < 2 * named.spec().batchSize() + 1; i++) {
            example.next().learnBy(learner);
        }
        byte[] snapshot = learner.snapshot(Map.of());
        int at = 8
                + (int) ByteBuffer.wrap(snapshot).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
        int refused = 0;
        for (Tensor tensor : Safetensors.read(snapshot).tensors()) {
            boolean fractions = tensor.type() == DType.F32 || tensor.type() == DType.F64;
            if (fractions && tensor.size() > 0 && !tensor.name().startsWith("pending/")) {
                double none = NONE[refused % NONE.length];
                int last = tensor.size() - 1;
                byte[] changed = with(snapshot, at + last * tensor.type().bytes(), tensor.type(), none);
                if (tensor.name().equals("learner/loss")) {
                    assertThatCode(() -> Model.read(changed)).doesNotThrowAnyException();
                } else {
                    refused(
                            changed,
                            "tensor \"" + tensor.name() + "\": wanted finite numbers, came " + none + " at " + last);
                    refused++;
                }
            }
            at += tensor.size() * tensor.type().bytes();
        }
        assertThat(refused).isPositive();
    }

    private static void refused(byte[] snapshot, String message) {
        assertThatThrownBy(() -> Model.read(snapshot))
                .isInstanceOf(SnapshotException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> Learner.read(snapshot))
                .isInstanceOf(SnapshotException.class)
                .hasMessage(message);
    }

    private static byte[] with(byte[] snapshot, int at, DType type, double value) throws SnapshotException {
        byte[] changed = snapshot.clone();
        ByteBuffer data = ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN);
        if (type == DType.F32) {
            data.putFloat(at, (float) value);
        } else {
            data.putDouble(at, value);
        }
        Safetensors file = Safetensors.read(changed);
        String before = file.metadata().get("gradstream.sha256");
        byte[] sum = file.dataSha256().getBytes(StandardCharsets.US_ASCII);
        int header = new String(changed, StandardCharsets.ISO_8859_1).indexOf(before);
        System.arraycopy(sum, 0, changed, header, sum.length);
        return changed;
    }
}
