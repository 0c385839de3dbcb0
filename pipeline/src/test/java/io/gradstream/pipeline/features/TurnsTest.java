package io.gradstream.pipeline.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TurnsTest {
    @Test
    void agreesWithStrictMath() {
        Random random = new Random(3);
        for (int i = 0; i < 100_000; i++) {
            double turns = random.nextDouble();
            double angle = 2 * Math.PI * turns;
            assertThat(Turns.sine(turns)).isCloseTo(StrictMath.sin(angle), within(2e-15));
            assertThat(Turns.cosine(turns)).isCloseTo(StrictMath.cos(angle), within(2e-15));
        }
    }

    @Test
    void quartersAreExact() {
        double[] sines = {0, 1, 0, -1, 0};
        for (int quarter = 0; quarter <= 4; quarter++) {
            assertThat(Turns.sine(quarter / 4.0)).isCloseTo(sines[quarter], within(0.0));
            assertThat(Turns.cosine(quarter / 4.0)).isCloseTo(sines[(quarter + 1) % 4], within(0.0));
        }
    }
}
