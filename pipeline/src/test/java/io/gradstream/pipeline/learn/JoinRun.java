package io.gradstream.pipeline.learn;

import io.gradstream.model.Learner;
import io.gradstream.model.Model;
import io.gradstream.model.ModelSpec;
import io.gradstream.model.Task;
import io.gradstream.model.guard.Guard;
import io.gradstream.model.snapshots.SnapshotException;
import io.gradstream.model.statistics.Prequential;
import io.gradstream.pipeline.examples.Example;
import io.gradstream.pipeline.examples.Incoming;
import io.gradstream.pipeline.examples.Label;
import io.gradstream.pipeline.learn.LabelJoin.Rules;
import io.gradstream.pipeline.learn.LearnCore.Cadence;
import io.gradstream.pipeline.learn.LearnState.Clocks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The join as the operator runs it, over a map and without Flink; it can be stopped and gone on with like one that was restored. */
final class JoinRun {

    static final int WINDOW = 10;
    private static final List<String> TOPICS = List.of("events", "labels");

    final Recorder recorder;
    final Counters counters = new Counters();
    final MapStore store;
    final LearnCore core;
    final LabelJoin join;
    final JoinFlow flow;
    private final ModelSpec spec;
    private final Rules rules;
    private final boolean eventTime;
    private final Highest offsets;
    private final boolean partitionsCount;

    JoinRun(ModelSpec spec, Rules rules, boolean eventTime) throws StateException, SnapshotException {
        this(spec, rules, eventTime, new Recorder(), new MapStore(1), new Highest(), false, null, List.of());
    }

    /** In order of arrival, with partitions of the labels that may go idle. */
    JoinRun(ModelSpec spec, Rules rules, Highest newestLabels) throws StateException, SnapshotException {
        this(spec, rules, false, new Recorder(), new MapStore(1), newestLabels, true, null, List.of());
    }

    private JoinRun(
            ModelSpec spec,
            Rules rules,
            boolean eventTime,
            Recorder recorder,
            MapStore store,
            Highest newestLabels,
            boolean partitionsCount,
            LearnState state,
            List<Incoming> held)
            throws StateException, SnapshotException {
        this.spec = spec;
        this.rules = rules;
        this.eventTime = eventTime;
        this.recorder = recorder;
        this.store = store;
        this.partitionsCount = partitionsCount;
        Learner learner = state == null ? Learner.create(spec) : Learner.read(state.learner(), spec);
        Prequential evaluation =
                state == null ? Prequential.create(Task.BINARY, 2, WINDOW) : Prequential.read(state.evaluation());
        offsets = state == null ? new Highest() : state.offsets();
        SnapshotAbout about = new SnapshotAbout(Map.of(), TOPICS, offsets, counters);
        core = new LearnCore(new Cadence(2, 0), learner, evaluation, counters, about, recorder);
        Clocks clocks = Clocks.START;
        if (state != null) {
            counters.restore(state.counters());
            core.restore(state.moments());
            clocks = state.clocks();
        }
        UnusualRows unusual = new UnusualRows(counters, TOPICS);
        join = new LabelJoin(core, unusual, store, rules);
        flow = new JoinFlow(
                core,
                unusual,
                offsets,
                recorder,
                eventTime,
                join,
                rules.hasDefault(),
                new LabelClocks(
                        state == null ? newestLabels : state.newestLabels(),
                        TOPICS,
                        0,
                        rules.waitMillis(),
                        partitionsCount),
                time -> store.advance(join, time),
                clocks);
        held.forEach(flow.held()::add);
    }

    void event(Example example) throws StateException {
        flow.accept(eventTime ? example.copy() : example);
    }

    void label(Label label) throws StateException {
        flow.acceptLabel(eventTime ? label.copy() : label);
    }

    /** Both inputs' watermarks, as the operator passes them on: the labels' own first, then the smaller of the two. */
    void watermarks(long events, long labels) throws StateException {
        flow.labelWatermark(labels);
        flow.watermark(Math.min(events, labels));
    }

    /** What is restored from a checkpoint taken now. */
    JoinRun restored(long seed) throws StateException, SnapshotException {
        core.flush();
        LearnState state = new LearnState(
                core.learner().snapshot(Map.of()),
                core.learner().guard().map(Guard::state).orElseGet(() -> new byte[0]),
                core.evaluation().state(),
                core.moments(),
                flow.clocks(),
                counters.byKey(),
                offsets,
                flow.labelClocks().newest(),
                TOPICS,
                new byte[0],
                new byte[0],
                new byte[0],
                Map.of(),
                true);
        List<Incoming> held = new ArrayList<>();
        flow.held().all().forEach(held::add);
        LearnState read = LearnState.read(
                StateFrames.join(StateFrames.split(0, state.write(), 1000)).get(0));
        return new JoinRun(spec, rules, eventTime, recorder, store.copy(seed), null, partitionsCount, read, held);
    }

    long count(LearnCount count) {
        return counters.get(count);
    }

    /** SHA-256 of the tensors. */
    String weights() throws SnapshotException {
        return Model.read(core.learner().snapshot(Map.of())).info().sha256();
    }
}
