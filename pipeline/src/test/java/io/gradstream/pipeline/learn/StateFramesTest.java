package io.gradstream.pipeline.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateFramesTest {

    private static final int CHUNK = 100;

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {0, 1, 99, 100, 101, 200, 12345})
    void comesBackWhole(int length) throws StateException {
        byte[] bytes = random(length);
        List<byte[]> frames = StateFrames.split(3, bytes, CHUNK);
        Collections.shuffle(frames, new Random(1));
        assertThat(StateFrames.join(frames)).containsOnlyKeys(3);
        assertThat(StateFrames.join(frames).get(3)).isEqualTo(bytes);
    }

    @Test
    void replicasAreKeptApart() throws StateException {
        List<byte[]> frames = new ArrayList<>(StateFrames.split(0, random(250), CHUNK));
        frames.addAll(StateFrames.split(1, random(30), CHUNK));
        Map<Integer, byte[]> joined = StateFrames.join(frames);
        assertThat(joined.get(0)).isEqualTo(random(250));
        assertThat(joined.get(1)).isEqualTo(random(30));
    }

    @Test
    void nothingIsNoReplica() throws StateException {
        assertThat(StateFrames.join(List.of())).isEmpty();
    }

    @Test
    void everyDamageIsRefused() {
        List<byte[]> frames = StateFrames.split(0, random(350), CHUNK);
        for (int i = 0; i < frames.size(); i++) {
            List<byte[]> without = new ArrayList<>(frames);
            without.remove(i);
            assertThatThrownBy(() -> StateFrames.join(without)).isInstanceOf(StateException.class);
            List<byte[]> twice = new ArrayList<>(frames);
            twice.add(frames.get(i));
            assertThatThrownBy(() -> StateFrames.join(twice)).isInstanceOf(StateException.class);
            List<byte[]> replaced = new ArrayList<>(frames);
            replaced.set(i, frames.get((i + 1) % frames.size()));
            assertThatThrownBy(() -> StateFrames.join(replaced)).isInstanceOf(StateException.class);
        }
        List<byte[]> other = StateFrames.split(0, new byte[350], CHUNK);
        List<byte[]> mixed = new ArrayList<>(frames);
        mixed.set(1, other.get(1));
        assertThatThrownBy(() -> StateFrames.join(mixed)).hasMessageContaining("checksum");
    }

    @Test
    void everyFlippedBitIsRefused() {
        byte[] frame = StateFrames.split(0, random(40), CHUNK).get(0);
        for (int bit = 0; bit < frame.length * 8; bit++) {
            byte[] flipped = frame.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            boolean replica = bit >= 32 && bit < 64;
            if (!replica) {
                assertThatThrownBy(() -> StateFrames.join(List.of(flipped)))
                        .as("bit %d", bit)
                        .isInstanceOf(StateException.class);
            }
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
