package io.gradstream.pipeline.learn;

import io.gradstream.pipeline.examples.Example;
import io.gradstream.pipeline.examples.Label;
import io.gradstream.pipeline.learn.MicroBatch.Then;

/** Each event carries its own label: scored, then learned at once. */
final class ChainFlow extends Flow {

    ChainFlow(LearnCore core, Counters counters, Offsets offsets, Outlet outlet, boolean eventTime) {
        super(core, counters, offsets, outlet, eventTime);
    }

    @Override
    void event(Example example) throws StateException {
        if (example.labelled()) {
            counters.add(LearnCount.LABELS);
            core.scoreAndLearn(example, false, example.label, example.time);
        } else {
            counters.add(LearnCount.UNLABELLED);
            core.score(example, Then.FORGET, false);
        }
    }

    @Override
    void label(Label label) {
        throw new IllegalStateException("a label of its own where labels come in the event: " + label);
    }

    @Override
    void before(long time) {
        // Nothing here waits for a time.
    }
}
