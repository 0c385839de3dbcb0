package io.gradstream.model.snapshots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SafetensorsWriterTest {
    private static SafetensorsWriter example() {
        return new SafetensorsWriter()
                .add("u8", new byte[] {1, -1, 3}, 0, 3)
                .add("f32", new float[] {0, 1, 2, 3, Float.NaN, -0.0f}, 2, 2, 2)
                .add("i32", new int[] {5}, 0)
                .add("f64", new double[] {1e300, Double.NEGATIVE_INFINITY}, 0, 2)
                .add("i64", new long[] {Long.MIN_VALUE}, 0, 1)
                .metadata("a", "b")
                .metadata("text", "größe \"é\" 😀\n");
    }

    @Test
    void theHeaderIsThisToTheByte() {
        byte[] file = example().bytes();
        String header =
                "{\"__metadata__\":{\"a\":\"b\",\"text\":\"größe \\\"é\\\" 😀\\n\"},\"f64\":{\"dtype\":\"F64\",\"shape\":[2],\"data_offsets\":[0,16]},"
                        + "\"i64\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[16,24]},\"f32\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[24,40]},"
                        + "\"i32\":{\"dtype\":\"I32\",\"shape\":[],\"data_offsets\":[40,44]},\"u8\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[44,47]}}";

        int length = file.length - 8 - 47;
        assertThat(new String(file, 8, length, StandardCharsets.UTF_8).stripTrailing())
                .isEqualTo(header);
        assertThat(length % 8).isZero();
        assertThat((file[0] & 0xff) + 256 * (file[1] & 0xff)).isEqualTo(length);
        assertThat(example().bytes()).isEqualTo(file);
    }

    @Test
    void whatIsWrittenIsRead() throws SnapshotException {
        SafetensorsWriter writer = example();
        Safetensors file = Safetensors.read(writer.bytes());

        assertThat(file.metadata())
                .containsEntry("a", "b")
                .containsEntry("text", "größe \"é\" 😀\n")
                .hasSize(2);
        assertThat(file.tensor("u8").bytes()).containsExactly(1, -1, 3);
        assertThat(file.tensor("f32").floats()).containsExactly(2, 3, Float.NaN, -0.0f);
        assertThat(file.tensor("i32").ints()).containsExactly(5);
        assertThat(file.tensor("f64").doubles()).containsExactly(1e300, Double.NEGATIVE_INFINITY);
        assertThat(file.tensor("i64").longs()).containsExactly(Long.MIN_VALUE);
        assertThat(file.dataSha256()).isEqualTo(writer.dataSha256());
    }

    @Test
    void theHashOfTheDataIsThatOfTheBytesAlsoInLongTensors() throws SnapshotException {
        Random random = new Random(5);
        float[] floats = new float[70_001];
        byte[] bytes = new byte[200_003];
        random.nextBytes(bytes);
        for (int i = 0; i < floats.length; i++) {
            floats[i] = random.nextFloat();
        }
        SafetensorsWriter writer = new SafetensorsWriter()
                .add("bytes", bytes, 1, bytes.length - 1)
                .add("floats", floats, 3, floats.length - 3)
                .add("doubles", new double[10_000], 0, 10_000);
        Safetensors file = Safetensors.read(writer.bytes());

        assertThat(writer.dataSha256()).isEqualTo(file.dataSha256());
        assertThat(file.tensor("floats").floats())
                .startsWith(floats[3], floats[4])
                .hasSize(69_998);
        assertThat(file.tensor("bytes").bytes()).startsWith(bytes[1], bytes[2]);
    }

    @Test
    void everyTensorIsAlignedWhateverTheHeadersLength() throws SnapshotException {
        for (int length = 0; length < 9; length++) {
            byte[] file = example().metadata("more", "x".repeat(length)).bytes();
            for (Tensor each : Safetensors.read(file).tensors()) {
                assertThat(each.begin() % each.type().bytes()).as(each.name()).isZero();
            }
        }
    }

    @Test
    void nothingAtAllIsAFileToo() throws SnapshotException {
        assertThat(Safetensors.read(new SafetensorsWriter().bytes()).tensors()).isEmpty();
    }

    @Test
    void mistakesAreRefused() {
        SafetensorsWriter writer = example();

        assertThatThrownBy(() -> writer.add("u8", new byte[1], 0, 1)).hasMessage("there is a tensor u8 already");
        assertThatThrownBy(() -> writer.add("x", new byte[4], 1, 2, 2))
                .hasMessage("x: shape [2, 2] from 1 is more than 4 elements");
        assertThatThrownBy(() -> writer.add("x", new byte[4], 0, 1 << 16, 1 << 16, 1 << 16, 1 << 16))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> writer.add("x", new byte[4], 0, -1)).hasMessage("x: a dimension cannot be -1");
        assertThatThrownBy(() -> writer.add("__metadata__", new byte[4], 0, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> writer.add("\n".repeat(300), new byte[4], 0, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> writer.metadata("a", "c")).hasMessageStartingWith("metadata a");
    }
}
