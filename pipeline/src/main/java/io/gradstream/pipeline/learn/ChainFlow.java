package io.gradstream.pipeline.learn;

import io.gradstream.pipeline.examples.Example;
import io.gradstream.pipeline.examples.Label;
import io.gradstream.pipeline.learn.MicroBatch.Then;
import io.gradstream.pipeline.learn.RecentIds.Before;

/** Each event carries its own label: scored, then learned at once, unless its id was learned before. */
final class ChainFlow extends Flow {

    private final RecentIds ids;

    ChainFlow(LearnCore core, UnusualRows unusual, Highest offsets, Outlet outlet, boolean eventTime, RecentIds ids) {
        super(core, unusual, offsets, outlet, eventTime);
        this.ids = ids;
    }

    @Override
    void event(Example example) throws StateException {
        Before before = ids.see(example.id, example.labelled());
        boolean again = before != Before.NEVER;
        if (again) {
            unusual.duplicateEvent(example);
        }
        if (!example.labelled()) {
            counters.add(LearnCount.UNLABELLED);
            core.score(example, Then.FORGET, again);
            return;
        }
        counters.add(LearnCount.LABELS);
        if (before == Before.LABELLED) {
            unusual.duplicateLabel(example);
            core.score(example, Then.FORGET, true);
        } else {
            core.scoreAndLearn(example, again, example.label, example.time);
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
