package io.gradstream.model;

import io.gradstream.model.layers.Pass;
import io.gradstream.model.losses.Link;
import io.gradstream.model.parameters.Weights;

/** Scores batches of any size through a plan, in parts that fit it. */
final class Scoring {
    private final Plan plan;
    private final InputRows rows;
    private final Link link;
    private final RowCheck check;
    private final int outputs;
    private final Pass pass = new Pass();

    Scoring(Compiled compiled, Plan plan, RowCheck check) {
        this.plan = plan;
        this.rows = new InputRows(compiled.spec(), plan);
        this.link = compiled.spec().loss().link();
        this.check = check;
        this.outputs = compiled.outputs();
    }

    void score(Weights weights, Batch batch, float[] out) {
        if (out.length < batch.size() * outputs) {
            throw new IllegalArgumentException(
                    "wanted room for " + batch.size() * outputs + " scores, came an array of " + out.length);
        }
        check.check(batch);
        for (int from = 0; from < batch.size(); from += plan.capacity()) {
            int count = Math.min(plan.capacity(), batch.size() - from);
            rows.load(batch.numbers(), batch.ids(), from, count);
            pass.score(weights, count);
            plan.forward(pass);
            link.apply(plan.output().data(), out, from * outputs, count, outputs);
        }
    }
}
