package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.model.snapshots.DType;
import io.gradstream.model.snapshots.Safetensors;
import io.gradstream.model.snapshots.SnapshotException;
import io.gradstream.model.snapshots.Tensor;
import java.util.List;

/** Looks into snapshots. */
final class Tensors {
    private Tensors() {}

    static String sha256(byte[] snapshot) {
        return read(snapshot).dataSha256();
    }

    /** Same tensors, same bits, apart from those named. */
    static void assertEqualBut(byte[] one, byte[] two, String... except) {
        List<String> names = read(one).tensors().stream().map(Tensor::name).toList();
        assertThat(read(two).tensors().stream().map(Tensor::name)).isEqualTo(names);
        for (String name : names) {
            if (!List.of(except).contains(name)) {
                assertThat(values(read(two), name)).as(name).isEqualTo(values(read(one), name));
            }
        }
    }

    private static Object values(Safetensors file, String name) {
        try {
            Tensor tensor = file.tensor(name);
            return tensor.type() == DType.F32
                    ? tensor.floats()
                    : tensor.type() == DType.F64
                            ? tensor.doubles()
                            : tensor.type() == DType.I64 ? tensor.longs() : tensor.ints();
        } catch (SnapshotException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Safetensors read(byte[] snapshot) {
        try {
            return Safetensors.read(snapshot);
        } catch (SnapshotException e) {
            throw new IllegalStateException(e);
        }
    }
}
