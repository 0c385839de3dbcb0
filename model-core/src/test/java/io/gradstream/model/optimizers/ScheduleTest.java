package io.gradstream.model.optimizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScheduleTest {
    @Test
    void powersAndCosineAgreeWithTheJdk() {
        for (int i = 0; i <= 1000; i++) {
            assertThat(Powers.of(0.999, i)).isCloseTo(Math.pow(0.999, i), within(1e-14));
            assertThat(Powers.cosineOfPi(i / 1000.0)).isCloseTo(Math.cos(Math.PI * i / 1000), within(1e-15));
        }
        assertThat(Powers.of(0.9, 1L << 40)).isZero();
    }

    @Test
    void warmupRisesInALine() {
        ScheduleSpec warmup = new ScheduleSpec.Warmup(4);
        assertThat(warmup.factor(0)).isEqualTo(0.25);
        assertThat(warmup.factor(3)).isEqualTo(1);
        assertThat(warmup.factor(1000)).isEqualTo(1);
    }

    @Test
    void stepsFall() {
        ScheduleSpec step = new ScheduleSpec.Step(10, 0.5f);
        assertThat(step.factor(9)).isEqualTo(1);
        assertThat(step.factor(10)).isEqualTo(0.5);
        assertThat(step.factor(29)).isEqualTo(0.25);
    }

    @Test
    void inverseSqrtFallsFromTheEndOfItsWarmup() {
        ScheduleSpec schedule = new ScheduleSpec.InverseSqrt(100);
        assertThat(schedule.factor(49)).isEqualTo(0.5);
        assertThat(schedule.factor(99)).isEqualTo(1);
        assertThat(schedule.factor(399)).isEqualTo(0.5);
    }

    @Test
    void cosineFallsToItsFloorAndStays() {
        ScheduleSpec schedule = new ScheduleSpec.Cosine(10, 110, 0.25f);
        assertThat(schedule.factor(10)).isEqualTo(1);
        assertThat(schedule.factor(60)).isCloseTo(0.625, within(1e-12));
        assertThat(schedule.factor(110)).isCloseTo(0.25, within(1e-12));
        assertThat(schedule.factor(5000)).isCloseTo(0.25, within(1e-12));
    }
}
