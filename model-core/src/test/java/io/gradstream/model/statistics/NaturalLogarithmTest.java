package io.gradstream.model.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class NaturalLogarithmTest {
    @Test
    void isWithinTwoUlpOfStrictMath() {
        Random random = new Random(1);
        double worst = 0;
        for (int i = 0; i < 1_000_000; i++) {
            double x = random.nextBoolean()
                    ? random.nextDouble()
                    : Math.scalb(1 + random.nextDouble(), random.nextInt(60) - 50);
            if (x > 0) {
                double wanted = StrictMath.log(x);
                worst = Math.max(worst, Math.abs(NaturalLogarithm.of(x) - wanted) / Math.ulp(wanted));
            }
        }
        System.out.println("ln: at most " + worst + " ulp from StrictMath.log");
        assertThat(worst).isLessThanOrEqualTo(2);
    }

    @Test
    void knowsWhereItIsZeroAndPowersOfTwo() {
        assertThat(NaturalLogarithm.of(1)).isZero();
        for (int k = -100; k < 100; k++) {
            assertThat(NaturalLogarithm.of(Math.scalb(1.0, k))).isEqualTo(StrictMath.log(Math.scalb(1.0, k)));
        }
    }
}
