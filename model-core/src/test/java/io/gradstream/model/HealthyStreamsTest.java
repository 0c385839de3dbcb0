package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.model.GuardedCase.Outcome;
import io.gradstream.model.guard.GuardSpec;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A guard does not harm models that are well, nor those that have not begun to be. */
class HealthyStreamsTest {
    static List<GuardedCase> streams() {
        return HealthyStreams.all();
    }

    @ParameterizedTest
    @MethodSource("streams")
    void aGuardDoesNotHarm(GuardedCase stream) {
        Outcome[] outcomes = stream.run(GuardSpec.USUAL);
        double alone = outcomes[1].lateLoss();
        assertThat(outcomes[0].lateLoss()).isLessThanOrEqualTo(alone + 0.02 * Math.abs(alone));
        assertThat(outcomes[0].learner.rollbacks()).isLessThanOrEqualTo(1);
    }
}
