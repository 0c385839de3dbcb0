package io.gradstream.pipeline.learn;

import io.gradstream.connectors.records.Evaluation.Scope;
import io.gradstream.model.Learner;
import io.gradstream.model.statistics.Prequential;
import io.gradstream.pipeline.config.Pipeline.Outputs;
import io.gradstream.pipeline.examples.Example;
import io.gradstream.pipeline.learn.MicroBatch.Then;
import java.util.Map;

/**
 * Scores events in micro-batches, evaluates what was served, and learns: all that is the same whether a label comes with its
 * event or later. One thread, no Flink.
 *
 * <p>A micro-batch is only a way to score faster: it is always scored before the next step is made, so each event is scored
 * with the weights it would have met alone. What the baselines would have said is noted when the event comes. So neither the
 * size of a micro-batch nor the moment of a {@link #flush} changes any result.
 */
final class LearnCore {

    /** Rows scored together at most. */
    static final int MICRO_BATCH = 64;

    private static final long NEVER = Long.MIN_VALUE;

    /** Takes rows that wait for their label. */
    interface Keeper {
        void keep(MicroBatch rows, int row, long version) throws StateException;
    }

    private final Cadence cadence;
    private final Learner learner;
    private final Prequential evaluation;
    private final Counters counters;
    private final Outlet outlet;
    private final SnapshotAbout about;
    private final MicroBatch rows;
    private final int batchSize;
    private final SkippedSteps skipped;
    private final Rollbacks rollbacks;
    private Keeper keeper = (row, index, version) -> {
        throw new IllegalStateException("nothing keeps examples here");
    };

    /** Rows of the micro-batch that will be learned. */
    private int toLearn;

    private long newest = NEVER;
    private long lastStepTime = NEVER;

    /** What the learner had learned until before its first step here. */
    private long learnedBefore = NEVER;

    private long lastLabelTime = NEVER;
    private long snapshotVersion;
    private long snapshotTime = NEVER;

    LearnCore(
            Cadence cadence,
            Learner learner,
            Prequential evaluation,
            Counters counters,
            SnapshotAbout about,
            Outlet outlet) {
        this.cadence = cadence;
        this.learner = learner;
        this.evaluation = evaluation;
        this.counters = counters;
        this.about = about;
        this.outlet = outlet;
        this.batchSize = learner.spec().batchSize();
        this.skipped = new SkippedSteps(learner);
        this.rollbacks = new Rollbacks(learner);
        this.rows = new MicroBatch(learner.layout(), learner.outputs(), MICRO_BATCH);
        this.snapshotVersion = learner.steps();
    }

    /** What the learner has learned until already; it counts until the first step, for the age of the model. */
    void learnedUntil(long time) {
        learnedBefore = time;
    }

    void keepWith(Keeper other) {
        keeper = other;
    }

    /** An event that is scored, and then forgotten or kept. */
    void score(Example example, Then then, boolean duplicate) throws StateException {
        rows.add(example, then, duplicate, evaluation.majorityNow(), evaluation.lastNow());
        if (rows.isFull()) {
            flush();
        }
    }

    /** An event whose label is known already: scored, then evaluated and learned. */
    void scoreAndLearn(Example example, boolean duplicate, float label, long labelTime) throws StateException {
        rows.add(example, Then.LEARN, duplicate, evaluation.majorityNow(), evaluation.lastNow());
        rows.label(label, labelTime);
        evaluation.known(label);
        counters.add(LearnCount.LEARNED);
        toLearn++;
        if (rows.isFull() || learner.pending() + toLearn >= batchSize) {
            flush();
        }
    }

    /** A kept example whose label came: evaluated as served, and learned. */
    void learn(Entry entry, float label, long labelTime) throws StateException {
        evaluation.known(label);
        if (toLearn > 0 || learner.pending() + 1 >= batchSize) {
            flush();
        }
        evaluate(entry.scores, 0, label, entry.majority, entry.last, labelTime);
        step(learner.learn(entry.numbers, 0, entry.ids, 0, label, entry.weight), labelTime);
    }

    /** Scores all rows of the micro-batch and does with each what is to be done. */
    void flush() throws StateException {
        if (rows.isEmpty()) {
            return;
        }
        learner.score(rows.batch(), rows.scores());
        long version = learner.steps();
        for (int row = 0, size = rows.size(); row < size; row++) {
            newest = Math.max(newest, rows.time(row));
            if (rows.isScored(row)) {
                outlet.prediction(rows, row, version, age(rows.time(row)));
                counters.add(LearnCount.PREDICTIONS);
            } else {
                outlet.notScored(rows, row, version);
                counters.add(LearnCount.DEAD_EVENTS);
            }
            switch (rows.then(row)) {
                case KEEP -> keeper.keep(rows, row, version);
                case LEARN -> learnRow(row);
                case FORGET -> {}
            }
        }
        rows.clear();
        toLearn = 0;
    }

    /** Whether an event of this id has not been scored yet, and will be kept. */
    boolean holds(String id) {
        return rows.holds(id);
    }

    /** Whether no event waits to be scored. */
    boolean isFlushed() {
        return rows.isEmpty();
    }

    /** The input has ended: the last evaluation, and the last snapshot unless it is out already. */
    void finish() throws StateException {
        flush();
        outlet.evaluation(Scope.ALL, evaluation.all(), learner.steps(), lastLabelTime);
        if (cadence.snapshots() && (learner.steps() > snapshotVersion || cadence.onlyAtTheEnd())) {
            publish();
        }
    }

    Learner learner() {
        return learner;
    }

    Prequential evaluation() {
        return evaluation;
    }

    /** Ms of event time from the last step to the newest event; -1 before the first step, unless the learner brought a time along. */
    long modelAge() {
        return age(Math.max(newest, learnedUntil()));
    }

    /** Event time of the newest example learned, here or before. */
    long learnedUntil() {
        return lastStepTime == NEVER ? learnedBefore : lastStepTime;
    }

    long lastStepTime() {
        return lastStepTime;
    }

    /** What is neither in the learner nor in the evaluation. */
    Moments moments() {
        return new Moments(lastStepTime, lastLabelTime, snapshotVersion, snapshotTime);
    }

    void restore(Moments moments) {
        lastStepTime = moments.lastStepTime();
        lastLabelTime = moments.lastLabelTime();
        snapshotVersion = moments.snapshotVersion();
        snapshotTime = moments.snapshotTime();
    }

    private void learnRow(int row) {
        float label = rows.label(row);
        long time = rows.labelTime(row);
        evaluate(rows.scores(), row * rows.outputs(), label, rows.majority(row), rows.last(row), time);
        int numbersAt = row * rows.layout().numbers();
        int idsAt = row * rows.layout().ids();
        step(learner.learn(rows.numbers(), numbersAt, rows.ids(), idsAt, label, rows.weight(row)), time);
    }

    private void evaluate(float[] scores, int at, float label, float majority, float last, long time) {
        lastLabelTime = Math.max(lastLabelTime, time);
        evaluation.add(scores, at, label, majority, last);
        if (evaluation.windowClosed()) {
            outlet.evaluation(Scope.WINDOW, evaluation.lastWindow(), learner.steps(), lastLabelTime);
            outlet.evaluation(Scope.ALL, evaluation.all(), learner.steps(), lastLabelTime);
        }
    }

    private void step(boolean stepped, long time) {
        if (!stepped) {
            return;
        }
        skipped.look();
        rollbacks.look();
        lastStepTime = Math.max(lastStepTime, time);
        if (snapshotTime == NEVER) {
            snapshotTime = lastStepTime;
        }
        if (cadence.due(learner.steps() - snapshotVersion, lastStepTime - snapshotTime)) {
            publish();
        }
    }

    private void publish() {
        snapshotVersion = learner.steps();
        snapshotTime = lastStepTime;
        Map<String, String> said = about.of(this);
        outlet.snapshot(learner.snapshot(said), snapshotVersion, lastStepTime, said);
    }

    private long age(long time) {
        long until = learnedUntil();
        return until == NEVER ? -1 : Math.max(0, time - until);
    }

    /**
     * When things last happened, in event time; {@link Long#MIN_VALUE}: never.
     *
     * @param lastStepTime of the label that made the last step
     * @param lastLabelTime the newest label evaluated
     * @param snapshotVersion version of the last snapshot
     * @param snapshotTime last step's time at the last snapshot
     */
    record Moments(long lastStepTime, long lastLabelTime, long snapshotVersion, long snapshotTime) {}

    /**
     * How often a snapshot is published.
     *
     * @param steps each so many steps; 0: not by steps
     * @param millis each so many ms of event time, at the next step; 0: not by time
     */
    record Cadence(long steps, long millis) {

        boolean onlyAtTheEnd() {
            return steps == Outputs.AT_THE_END;
        }

        boolean snapshots() {
            return steps > 0 || millis > 0;
        }

        boolean due(long stepsSince, long millisSince) {
            return steps > 0 && stepsSince >= steps || millis > 0 && millisSince >= millis;
        }
    }
}
