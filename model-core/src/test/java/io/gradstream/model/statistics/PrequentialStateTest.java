package io.gradstream.model.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.model.Task;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PrequentialStateTest {
    private static final String VERSION_1 =
            "4753505101520002000002000000000000fc3f00002040030000000000000c4000000000000015400000000000000440"
                    + "00000000000012400000000000001340000000000000104001000000000000f03f000000000000f03f00000000000010"
                    + "4000000000000000000000000000000240000000000000f83f000000000000f43fa2a3b30de552f73f8ee3388ee33806"
                    + "c0000000000000f43f000000000000f43f000000000000000003000100023826e195";

    @ParameterizedTest
    @EnumSource(Task.class)
    void goesOnToTheBitFromAnyPoint(Task task) {
        Stream stream = Stream.of(task, 5, 2000, 9);
        for (int i = 7; i < 2000; i += 61) {
            stream.served()[i][0] = Float.NaN;
        }
        Prequential undisturbed = stream.addAll(0, 2000, Prequential.create(task, 5, 150));
        Random random = new Random(4);
        for (int round = 0; round < 20; round++) {
            Prequential evaluation = Prequential.create(task, 5, 150);
            int at = 0;
            while (at < 2000) {
                int cut = Math.min(2000, at + 1 + random.nextInt(600));
                stream.addAll(at, cut, evaluation);
                Prequential restored = Prequential.read(evaluation.state());
                assertThat(restored.windowClosed()).isEqualTo(evaluation.windowClosed());
                assertThat(restored.all()).isEqualTo(evaluation.all());
                assertThat(restored.lastWindow()).isEqualTo(evaluation.lastWindow());
                assertThat(restored.majorityNow()).isEqualTo(evaluation.majorityNow());
                assertThat(restored.lastNow()).isEqualTo(evaluation.lastNow());
                evaluation = restored;
                at = cut;
            }
            assertThat(evaluation.all()).isEqualTo(undisturbed.all());
            assertThat(evaluation.lastWindow()).isEqualTo(undisturbed.lastWindow());
            assertThat(evaluation.state()).isEqualTo(undisturbed.state());
        }
    }

    @ParameterizedTest
    @EnumSource(Task.class)
    void anotherWindowBeginsAnewAndTheRestStays(Task task) {
        Stream stream = Stream.of(task, 5, 1000, 4);
        Prequential changed = stream.addAll(0, 370, Prequential.create(task, 5, 100));
        changed.useWindow(30);
        assertThat(changed.windowClosed()).isFalse();
        assertThat(changed.lastWindow().examples()).isEqualTo(100);
        changed = Prequential.read(changed.state());
        stream.addAll(370, 399, changed);
        assertThat(changed.windowClosed()).isFalse();
        stream.addAll(399, 400, changed);
        assertThat(changed.windowClosed()).isTrue();
        assertThat(changed.lastWindow().examples()).isEqualTo(30);
        assertThat(changed.all())
                .isEqualTo(
                        stream.addAll(0, 400, Prequential.create(task, 5, 100)).all());
    }

    private static byte[] example(Task task) {
        return Stream.of(task, 5, 300, 9)
                .addAll(0, 300, Prequential.create(task, 5, 100))
                .state();
    }

    private static void refused(byte[] state, String message) {
        assertThatThrownBy(() -> Prequential.read(state))
                .isInstanceOf(UnreadableStateException.class)
                .hasMessageStartingWith("the state of an evaluation ")
                .hasMessageContaining(message);
    }

    @Test
    void tornAndAlteredBytesAreRefused() {
        byte[] state = example(Task.MULTICLASS);
        for (int length = 0; length < state.length; length++) {
            refused(Arrays.copyOf(state, length), length < 4 ? "has " + length + " bytes" : "is torn or altered");
        }
        refused(Arrays.copyOf(state, state.length + 1), "is torn or altered");
        for (int bit = 0; bit < 8 * state.length; bit++) {
            byte[] altered = state.clone();
            altered[bit / 8] ^= (byte) (1 << bit % 8);
            refused(altered, "is torn or altered");
        }
    }

    @Test
    void otherBytesAreRefusedByName() {
        byte[] state = example(Task.BINARY);

        refused(with(state, 0, 'X'), "does not start with GSPQ");
        refused(with(state, 4, 2), "is of version 2, this reads version 1");
        refused(with(state, 5, 'Z'), "is of the unknown task 90");
        refused(with(state, 6, 3), "is of the task BINARY with 3 classes");
        refused(with(state, 7, 0), "where 1 to 2147483647 is possible");
        refused(checksummed(Arrays.copyOf(state, state.length - 5)), "ends too early");
        refused(checksummed(Arrays.copyOf(state, state.length - 3)), "has 1 bytes too many");
    }

    /** Also bytes with a right checksum never do worse than an UnreadableStateException. */
    @Test
    void wrongBytesWithARightChecksumAreReadOrRefused() {
        Random random = new Random(6);
        for (Task task : Task.values()) {
            byte[] state = example(task);
            byte[] content = Arrays.copyOf(state, state.length - 4);
            for (int i = 0; i < 3_000; i++) {
                byte[] altered = content.clone();
                altered[5 + random.nextInt(altered.length - 5)] = (byte) random.nextInt(256);
                try {
                    Prequential.read(checksummed(altered));
                } catch (UnreadableStateException refused) {
                    assertThat(refused).hasMessageStartingWith("the state of an evaluation ");
                }
            }
        }
    }

    private static byte[] with(byte[] state, int at, int value) {
        byte[] content = Arrays.copyOf(state, state.length - 4);
        content[at] = (byte) value;
        return checksummed(content);
    }

    private static byte[] checksummed(byte[] content) {
        CRC32C checksum = new CRC32C();
        checksum.update(content);
        byte[] state = Arrays.copyOf(content, content.length + 4);
        for (int i = 0; i < 4; i++) {
            state[content.length + i] = (byte) (checksum.getValue() >> 8 * i);
        }
        return state;
    }

    /** Version 1 is read for ever: these bytes were written by the first release. */
    @Test
    void versionOneIsRead() {
        Prequential evaluation = Prequential.create(Task.REGRESSION, 0, 2);
        evaluation.add(new float[] {3}, 0, 1, 0, 0);
        evaluation.known(1);
        evaluation.add(new float[] {3}, 0, 2.5f, 1, 1);
        evaluation.known(2.5f);
        evaluation.add(new float[] {3}, 0, 4, 1.75f, 2.5f);

        assertThat(HexFormat.of().formatHex(evaluation.state())).isEqualTo(VERSION_1);
        assertThat(Prequential.read(HexFormat.of().parseHex(VERSION_1)).all()).isEqualTo(evaluation.all());
    }
}
