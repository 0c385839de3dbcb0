package io.gradstream.model.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradstream.model.optimizers.Clipping;
import io.gradstream.model.optimizers.Optimizer;
import io.gradstream.model.optimizers.OptimizerSpec;
import io.gradstream.model.optimizers.Regularisation;
import io.gradstream.model.optimizers.ScheduleSpec;
import io.gradstream.model.parameters.Filling;
import io.gradstream.model.parameters.ParameterLayout;
import io.gradstream.model.parameters.Shape;
import io.gradstream.model.parameters.Weights;
import org.junit.jupiter.api.Test;

class ProbingTest {
    private final Optimizer optimizer = optimizer();
    private final Probing probing = new Probing(optimizer, 0.01);

    @Test
    void aRateIsRaisedAfterFourGoodWindows() {
        probing.wentBack();
        windows(3);
        assertThat(optimizer.factor()).isEqualTo(0.01);
        windows(1);
        assertThat(optimizer.factor()).isEqualTo(0.1, within(1e-12));
        windows(4);
        assertThat(optimizer.factor()).isEqualTo(1);
    }

    @Test
    void aRollbackAfterARaisePutsOffTheNext() {
        probing.wentBack();
        windows(4);
        probing.wentBack();
        assertThat(optimizer.factor()).isEqualTo(0.001, within(1e-12));
        windows(7);
        assertThat(optimizer.factor()).isEqualTo(0.001, within(1e-12));
        windows(1);
        assertThat(optimizer.factor()).isEqualTo(0.01, within(1e-12));
    }

    private void windows(int of) {
        for (int i = 0; i < of; i++) {
            probing.wentWell();
        }
    }

    private static Optimizer optimizer() {
        ParameterLayout layout = new ParameterLayout();
        layout.parameter("w", Shape.of(1), Filling.ZEROS);
        return new Optimizer(
                OptimizerSpec.sgd(0.1f),
                new ScheduleSpec.Constant(),
                Clipping.NONE,
                Regularisation.NONE,
                Weights.create(layout, 1, 0));
    }
}
