package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A scorer that goes on with another model. */
class ScorerTest {
    private static final int ROWS = 64;

    @ParameterizedTest
    @MethodSource("io.gradstream.model.ContractSpecs#all")
    void scoresAreThoseOfTheModelInUseForAnyNumberOfRows(NamedSpec named) {
        Model first = Learner.create(named.spec()).model();
        Model second = learned(named);
        Scorer scorer = first.scorer(ROWS);
        for (int rows : new int[] {ROWS, 1, 20}) {
            for (Model model : new Model[] {first, second}) {
                scorer.use(model);
                assertThat(scores(scorer, named, rows)).isEqualTo(scores(model.scorer(rows), named, rows));
            }
        }
        assertThat(scores(first.scorer(ROWS), named, ROWS)).isNotEqualTo(scores(second.scorer(ROWS), named, ROWS));
    }

    private static float[] scores(Scorer scorer, NamedSpec named, int rows) {
        Batch batch = new Batch(named.spec().layout(), rows);
        Example example = new Example(named.spec(), 5);
        for (int i = 0; i < rows; i++) {
            example.next().addTo(batch);
        }
        float[] out = new float[rows * scorer.model().outputs()];
        scorer.score(batch, out);
        return out;
    }

    private static Model learned(NamedSpec named) {
        Learner learner = Learner.create(named.spec());
        Example example = new Example(named.spec(), 7);
        for (int i = 0; i < 2 * ROWS; i++) {
            example.next();
            learner.learn(example.numbers, 0, example.ids, 0, example.target, 1);
        }
        return learner.model();
    }
}
