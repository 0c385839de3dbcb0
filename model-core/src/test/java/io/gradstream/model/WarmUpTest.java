package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.model.kernels.Kernels;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WarmUpTest {
    private static final Duration SHORT = Duration.ofMillis(40);

    @ParameterizedTest
    @MethodSource("io.gradstream.model.ContractSpecs#all")
    void everyModelCanBeWarmedUpToLearnAndToScore(NamedSpec named) {
        WarmUp learning = WarmUp.learning(named.spec(), SHORT);
        WarmUp scoring = WarmUp.scoring(named.spec(), 16, SHORT);
        assertThat(learning.rounds()).isPositive();
        assertThat(scoring.rounds()).isPositive();
        assertThat(learning.steadyMicros()).isPositive().isLessThanOrEqualTo(learning.firstMicros());
        assertThat(learning.text()).contains("us a round");
    }

    /** Only gradients are products of a transposed A. */
    @Test
    void triesNoMoreTilesThanAreUsed() {
        WarmUp scoring = WarmUp.scoring(ContractSpecs.mlp(), 4, SHORT);
        WarmUp learning = WarmUp.learning(ContractSpecs.mlp(), SHORT);
        assertThat(scoring.tile()).doesNotContain(",");
        if (Kernels.vectorized()) {
            assertThat(learning.tile()).startsWith(scoring.tile() + ", ");
        } else {
            assertThat(learning.tile()).isEqualTo(scoring.tile());
        }
    }

    @Test
    void changesNothingForOtherLearners() {
        ModelSpec spec = ContractSpecs.mlp();
        Learner learner = Learner.create(spec);
        Example example = new Example(spec, 5);
        for (int i = 0; i < 40; i++) {
            example.next().learnBy(learner);
        }
        byte[] before = learner.snapshot(Map.of());
        WarmUp.learning(spec, SHORT);
        assertThat(learner.snapshot(Map.of())).isEqualTo(before);
    }

    @Test
    void aLimitOfZeroIsNone() {
        assertThat(WarmUp.learning(ContractSpecs.mlp(), Duration.ZERO).rounds()).isZero();
        assertThat(WarmUp.scoring(ContractSpecs.mlp(), 4, Duration.ZERO).rounds())
                .isZero();
    }

    @Test
    void endsBeforeItsLimitOnceSteady() {
        WarmUp.learning(ContractSpecs.logistic(), Duration.ofSeconds(30));
        assertThat(WarmUp.learning(ContractSpecs.logistic(), Duration.ofSeconds(60))
                        .millis())
                .isLessThan(50_000);
    }
}
