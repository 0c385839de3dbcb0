package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.model.InputSpec.NumbersInput;
import io.gradstream.model.optimizers.OptimizerSpec;
import io.gradstream.model.snapshots.SnapshotException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class LearnerTest {
    @Test
    void aLogisticRegressionLearnsWhichSideOfALine() {
        List<InputSpec> inputs = List.of(new NumbersInput("numbers", 2, false));
        ModelSpec spec =
                ModelSpec.of(inputs, Presets.logistic(inputs, 1), Task.BINARY, new OptimizerSpec.Sgd(0.5f, 0, false));
        Learner learner = Learner.create(spec);
        Random random = new Random(7);
        float[] row = new float[2];
        for (int i = 0; i < 6400; i++) {
            row[0] = (float) random.nextGaussian();
            row[1] = (float) random.nextGaussian();
            learner.learn(row, 0, new int[0], 0, row[0] + row[1] > 0 ? 1 : 0, 1);
        }
        assertThat(learner.steps()).isEqualTo(100);
        assertThat(learner.examples()).isEqualTo(6400);
        Batch batch = new Batch(learner.layout(), 2);
        batch.add(new float[] {1, 0.5f}, 0, new int[0], 0);
        batch.add(new float[] {-0.5f, -1}, 0, new int[0], 0);
        float[] scores = new float[2];
        learner.score(batch, scores);
        assertThat(scores[0]).isGreaterThan(0.95f);
        assertThat(scores[1]).isLessThan(0.05f);
    }

    @Test
    void impossibleRowsAndTargetsAreRefusedByName() {
        List<InputSpec> inputs = List.of(
                new NumbersInput("numbers", 2, false),
                new InputSpec.CategoriesInput("places", List.of(new CategoryField("origin", 10))));
        ModelSpec spec =
                ModelSpec.of(inputs, Presets.logistic(inputs, 1), Task.BINARY, new OptimizerSpec.Sgd(0.5f, 0, false));
        Learner learner = Learner.create(spec);
        assertThatThrownBy(() -> learner.learn(new float[] {1, Float.NaN}, 0, new int[] {3}, 0, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("row 0, input 'numbers', number 1: wanted a finite number, came NaN");
        assertThatThrownBy(() -> learner.learn(new float[] {1, 1}, 0, new int[] {10}, 0, 1, 1))
                .hasMessage("row 0, input 'places', field 'origin': wanted 0 to 9, came 10");
        assertThatThrownBy(() -> learner.learn(new float[] {1, 1}, 0, new int[] {9}, 0, 2, 1))
                .hasMessage("target: wanted 0 or 1, came 2.0");
        assertThatThrownBy(() -> learner.learn(new float[] {1, 1}, 0, new int[] {9}, 0, 1, Float.NaN))
                .hasMessage("weight: wanted 0 or more and finite, came NaN");
        assertThat(learner.pending()).isZero();
    }

    @Test
    void aSnapshotWithANegativeCountIsRefused() {
        List<InputSpec> inputs = List.of(new NumbersInput("x", 2, false));
        Learner learner =
                Learner.create(ModelSpec.of(inputs, Presets.logistic(inputs, 1), Task.BINARY, OptimizerSpec.sgd(0.5f)));
        learner.state().weights().statistics()[1] = -3;
        byte[] snapshot = learner.snapshot(Map.of());
        assertThatThrownBy(() -> Learner.read(snapshot))
                .isInstanceOf(SnapshotException.class)
                .hasMessage("x-standardised.count: wanted at least 0.0, came -3.0");
        assertThatThrownBy(() -> Model.read(snapshot)).isInstanceOf(SnapshotException.class);
    }

    /** A snapshot may come from anyone, and its pending rows are learned without another look. */
    @Test
    void aSnapshotWithImpossiblePendingRowsIsRefused() {
        refused(
                rows -> rows.ids()[1] = 10,
                "pending/ids: row 1, input 'places', field 'origin': wanted 0 to 9, came 10");
        refused(
                rows -> rows.ids()[0] = -1,
                "pending/ids: row 0, input 'places', field 'origin': wanted 0 to 9, came -1");
        refused(
                rows -> rows.numbers()[3] = Float.NaN,
                "pending/numbers: row 1, input 'numbers', number 1: wanted a finite number, came NaN");
        refused(rows -> rows.targets()[1] = 0.5f, "pending/targets: row 1: wanted 0 or 1, came 0.5");
        refused(rows -> rows.weights()[0] = -1, "pending/weights: row 0: wanted 0 or more and finite, came -1.0");
    }

    private static void refused(Consumer<PendingRows> change, String message) {
        List<InputSpec> inputs = List.of(
                new NumbersInput("numbers", 2, false),
                new InputSpec.CategoriesInput("places", List.of(new CategoryField("origin", 10))));
        Learner learner =
                Learner.create(ModelSpec.of(inputs, Presets.logistic(inputs, 1), Task.BINARY, OptimizerSpec.sgd(0.5f)));
        learner.learn(new float[] {1, 2}, 0, new int[] {3}, 0, 1, 1);
        learner.learn(new float[] {3, 4}, 0, new int[] {9}, 0, 0, 1);
        change.accept(learner.state().pending());
        byte[] snapshot = learner.snapshot(Map.of());
        assertThatThrownBy(() -> Learner.read(snapshot))
                .isInstanceOf(SnapshotException.class)
                .hasMessage(message);
    }

    @Test
    void aSnapshotThatCountsBelowZeroIsRefused() {
        List<InputSpec> inputs = List.of(new NumbersInput("x", 2, false));
        Learner learner =
                Learner.create(ModelSpec.of(inputs, Presets.logistic(inputs, 1), Task.BINARY, OptimizerSpec.sgd(0.5f)));
        learner.state().counters(-1, 0, 0, Float.NaN);
        byte[] snapshot = learner.snapshot(Map.of());
        assertThatThrownBy(() -> Learner.read(snapshot))
                .isInstanceOf(SnapshotException.class)
                .hasMessage("learner/counters: wanted 0 or more each, came [-1, 0, 0]");
    }

    @Test
    void rowsThatAreTooShortAreRefused() {
        List<InputSpec> inputs = List.of(
                new NumbersInput("numbers", 3, false),
                new InputSpec.CategoriesInput("places", List.of(new CategoryField("origin", 10))));
        Learner learner =
                Learner.create(ModelSpec.of(inputs, Presets.logistic(inputs, 1), Task.BINARY, OptimizerSpec.sgd(0.5f)));
        Batch batch = new Batch(learner.layout(), 2);
        tooShort(
                learner,
                batch,
                new float[5],
                3,
                new int[1],
                0,
                "3 numbers from place 3 of their array, came an array of 5");
        tooShort(
                learner,
                batch,
                new float[5],
                -1,
                new int[1],
                0,
                "3 numbers from place -1 of their array, came an array of 5");
        tooShort(learner, batch, null, 0, new int[1], 0, "3 numbers from place 0 of their array, came an array of 0");
        tooShort(
                learner,
                batch,
                new float[3],
                0,
                new int[1],
                1,
                "1 ids from place 1 of their array, came an array of 1");
        tooShort(learner, batch, new float[3], 0, null, 0, "1 ids from place 0 of their array, came an array of 0");
        assertThat(batch.size()).isZero();
        assertThat(learner.pending()).isZero();
    }

    private static void tooShort(
            Learner learner, Batch batch, float[] numbers, int numbersAt, int[] ids, int idsAt, String message) {
        assertThatThrownBy(() -> learner.learn(numbers, numbersAt, ids, idsAt, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a row: wanted " + message);
        assertThatThrownBy(() -> batch.add(numbers, numbersAt, ids, idsAt))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a row: wanted " + message);
    }

    @Test
    void whatIsNotWantedMayBeNull() {
        List<InputSpec> numbers = List.of(new NumbersInput("numbers", 1, false));
        List<InputSpec> ids =
                List.of(new InputSpec.CategoriesInput("places", List.of(new CategoryField("origin", 10))));
        for (List<InputSpec> inputs : List.of(numbers, ids)) {
            Learner learner = Learner.create(
                    ModelSpec.of(inputs, Presets.logistic(inputs, 1), Task.BINARY, OptimizerSpec.sgd(0.5f)));
            float[] x = inputs == numbers ? new float[1] : null;
            int[] id = inputs == numbers ? null : new int[1];
            learner.learn(x, 0, id, 0, 1, 1);
            Batch batch = new Batch(learner.layout(), 1);
            batch.add(x, 0, id, 0);
            float[] score = new float[1];
            learner.score(batch, score);
            assertThat(score).containsExactly(0.5f);
        }
    }
}
