package io.gradstream.model.snapshots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SafetensorsTest {
    /** The file was written by the Python library, version 0.8.0, from numpy arrays. */
    @Test
    void aFileOfThePythonLibraryIsRead() throws SnapshotException {
        Safetensors file = Safetensors.read(Files.resource("written-by-python.safetensors"));

        assertThat(file.metadata()).isEqualTo(Map.of("key", "value", "text", "größe \"é\" 😀\n\\"));
        assertThat(file.tensors().stream().map(Tensor::name))
                .containsExactlyInAnyOrder(
                        "float",
                        "double",
                        "int",
                        "long",
                        "bytes",
                        "half",
                        "flag",
                        "scalar",
                        "empty",
                        "größe \"é\" 😀\n");
        assertThat(file.tensor("float").shape()).containsExactly(2, 2);
        assertThat(file.tensor("float").floats()).containsExactly(1.5f, -2.25f, 3e38f, Float.MIN_VALUE);
        assertThat(file.tensor("double").doubles()).containsExactly(1e23, -0.0);
        assertThat(file.tensor("int").ints()).containsExactly(1, -2, Integer.MAX_VALUE);
        assertThat(file.tensor("long").longs()).containsExactly(Long.MIN_VALUE, Long.MAX_VALUE);
        assertThat(file.tensor("bytes").bytes()).containsExactly(0, 1, 2, 3, 4);
        assertThat(file.tensor("scalar").shape()).isEmpty();
        assertThat(file.tensor("scalar").floats()).containsExactly(7);
        assertThat(file.tensor("empty").shape()).containsExactly(0, 3);
        assertThat(file.tensor("empty").floats()).isEmpty();
        assertThat(file.tensor("größe \"é\" 😀\n").longs()).containsExactly(9);
        assertThat(file.tensor("half").type()).isEqualTo(DType.F16);
        assertThat(file.tensor("flag").size()).isEqualTo(3);
        assertThat(file.has("fl")).isFalse();
        assertThatThrownBy(() -> file.tensor("weight"))
                .isInstanceOf(SnapshotException.class)
                .hasMessage("there is no tensor \"weight\" among the 10 of the file");
    }

    /** out = in . weight transposed + bias, as PyTorch computed it. */
    @Test
    void aGoldenCaseHoldsWhatPyTorchComputed() throws SnapshotException {
        Safetensors file = Safetensors.read(Files.resource("linear_1x5x3.safetensors"));
        float[] in = file.tensor("in.x").floats();
        float[] weight = file.tensor("param.weight").floats();
        float[] bias = file.tensor("param.bias").floats();
        float[] out = new float[5];

        file.tensor("out.y").floats(out, 1, 1, 3);

        assertThat(file.metadata()).containsEntry("layer", "linear");
        assertThat(out[0]).isZero();
        assertThat(out[4]).isZero();
        for (int unit = 0; unit < 3; unit++) {
            double sum = bias[unit];
            for (int i = 0; i < 5; i++) {
                sum += (double) in[i] * weight[5 * unit + i];
            }
            assertThat((double) out[1 + unit]).isCloseTo(sum, org.assertj.core.data.Offset.offset(1e-6));
        }
    }

    @Test
    void typesAndShapesAreNotMixedUp() throws SnapshotException {
        Safetensors file = Safetensors.read(Files.resource("embedding_bag_sum.safetensors"));
        Tensor weight = file.tensor("param.weight");

        assertThat(file.tensor("in.ids").ints()).hasSize(24);
        assertThatThrownBy(weight::ints).hasMessage("tensor \"param.weight\", F32 [11, 5], was wanted as I32");
        assertThatThrownBy(weight::doubles).hasMessageEndingWith("was wanted as F64");
        assertThatThrownBy(weight::longs).hasMessageEndingWith("was wanted as I64");
        assertThatThrownBy(weight::bytes).hasMessageEndingWith("was wanted as U8");
        assertThatThrownBy(() -> file.tensor("in.ids").floats()).hasMessageEndingWith("was wanted as F32");
        assertThatThrownBy(() -> weight.floats(new float[55], 0, 5, 11))
                .isInstanceOf(SnapshotException.class)
                .hasMessage("tensor \"param.weight\", F32 [11, 5], was wanted as F32 [5, 11]");
    }

    @Test
    void headersOfAnyOrderAndSpacingAreRead() throws SnapshotException {
        Safetensors file = Safetensors.read(Files.of(
                "{ 'b' : {'shape' : [ 2 ] , 'data_offsets':[1,3],'dtype':'U8'},\n'a':{'data_offsets':[0,1],'dtype':'U8','shape':[]},"
                        + "'__metadata__':{'\\u006b':'v','é':''},'zero':{'dtype':'F64','shape':[2147483647,0,7],'data_offsets':[1,1]}} \n  ",
                3));

        assertThat(file.tensors().stream().map(Tensor::name)).containsExactly("a", "zero", "b");
        assertThat(file.tensor("b").bytes()).containsExactly(1, 2);
        assertThat(file.metadata()).isEqualTo(Map.of("k", "v", "é", ""));
        assertThat(file.metadata().keySet()).containsExactly("k", "é");
    }

    @Test
    void theSmallestFileIsRead() throws SnapshotException {
        Safetensors file = Safetensors.read(Files.of("{}", 0));

        assertThat(file.tensors()).isEqualTo(List.of());
        assertThat(file.metadata()).isEmpty();
        assertThat(file.dataSha256()).isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void namesAreFoundWhateverTheirCharacters() throws SnapshotException {
        String[] names = {"", "a", "ab", "\\\\", "\\\"", "\\u0000", "\uffee", "\\ud83d\\ude00", "é", "z"};
        StringBuilder header = new StringBuilder("{");
        for (int i = 0; i < names.length; i++) {
            header.append(i == 0 ? "" : ",")
                    .append("\"" + names[i] + "\":{'dtype':'U8','shape':[1],'data_offsets':[" + i + "," + (i + 1)
                            + "]}");
        }
        Safetensors file = Safetensors.read(Files.of(header + "}", names.length));
        String[] read = {"", "a", "ab", "\\", "\"", "\u0000", "\uffee", "😀", "é", "z"};

        for (int i = 0; i < read.length; i++) {
            assertThat(file.tensor(read[i]).bytes()).as(read[i]).containsExactly(i);
        }
    }
}
