package io.gradstream.pipeline.learn;

import io.gradstream.model.Batch;
import io.gradstream.model.Learner;
import io.gradstream.model.Model;
import io.gradstream.model.ModelSpec;
import io.gradstream.model.Task;
import io.gradstream.model.snapshots.SnapshotException;
import io.gradstream.model.statistics.Prequential;
import io.gradstream.pipeline.examples.Example;
import io.gradstream.pipeline.examples.Incoming;
import io.gradstream.pipeline.examples.Label;
import io.gradstream.pipeline.learn.Entry.Kind;
import io.gradstream.pipeline.learn.LabelJoin.Rules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the join is to do, as plainly as it can be said: one row at a time, objects in a map, every id looked at whenever the clock
 * moves, and each event scored alone. The oracle of {@link JoinOracleTest}.
 */
final class NaiveJoin {

    final List<String> predictions = new ArrayList<>();
    final Map<LearnCount, Long> counts = new EnumMap<>(LearnCount.class);
    private final Rules rules;
    private final Learner learner;
    private final Prequential evaluation;
    private final Map<String, Item> items = new LinkedHashMap<>();
    private long clock = Long.MIN_VALUE;
    private long lastStep = Long.MIN_VALUE;

    private static final class Item {
        Kind kind;
        long until;
        Example example;
        float[] scores;
        float majority;
        float last;
        Label label;
    }

    NaiveJoin(ModelSpec spec, Rules rules) {
        this.rules = rules;
        learner = Learner.create(spec);
        evaluation = Prequential.create(Task.BINARY, 2, JoinRun.WINDOW);
        for (LearnCount count : LearnCount.values()) {
            counts.put(count, 0L);
        }
    }

    void take(Incoming row) {
        if (row instanceof Example example) {
            event(example);
        } else if (row instanceof Label label) {
            label(label);
        }
    }

    void event(Example example) {
        add(LearnCount.EVENTS, 1);
        Item known = items.get(example.id);
        if (known != null && known.kind != Kind.EARLY) {
            add(LearnCount.DUPLICATE_EVENTS, 1);
            score(example, true);
            return;
        }
        Item item = new Item();
        item.kind = Kind.PENDING;
        item.until = example.time + rules.waitMillis();
        item.example = example;
        item.majority = evaluation.majorityNow();
        item.last = evaluation.lastNow();
        if (known != null) {
            add(LearnCount.EARLY, -1);
            items.remove(example.id);
            if (known.label.time <= item.until) {
                item.scores = score(example, false);
                items.put(example.id, item);
                add(LearnCount.LEARNED, 1);
                learn(item, known.label.value, Math.max(known.label.time, example.time));
                item.kind = Kind.LEARNED;
                item.until = Math.max(known.label.time, example.time) + rules.waitMillis();
                return;
            }
            add(LearnCount.LATE_LABELS, 1);
        }
        if (item.until <= clock) {
            add(LearnCount.EXPIRED, 1);
            item.kind = Kind.EXPIRED;
            item.until += rules.waitMillis();
            if (item.until > clock) {
                items.put(example.id, item);
            }
        } else if (waiting() < rules.maxWaiting()) {
            items.put(example.id, item);
            add(LearnCount.WAITING, 1);
        } else {
            add(LearnCount.NOT_KEPT, 1);
        }
        item.scores = score(example, false);
    }

    void label(Label label) {
        add(LearnCount.LABELS, 1);
        Item item = items.get(label.id);
        if (item == null) {
            long until = label.time + rules.waitMillis();
            if (until <= clock) {
                add(LearnCount.LATE_LABELS, 1);
            } else if (waiting() >= rules.maxWaiting()) {
                add(LearnCount.NOT_KEPT, 1);
                add(LearnCount.UNMATCHED_LABELS, 1);
            } else {
                Item early = new Item();
                early.kind = Kind.EARLY;
                early.until = until;
                early.label = label;
                items.put(label.id, early);
                add(LearnCount.EARLY, 1);
            }
        } else if (item.kind == Kind.EARLY || item.kind == Kind.LEARNED) {
            add(LearnCount.DUPLICATE_LABELS, 1);
        } else if (item.kind == Kind.EXPIRED || label.time > item.until) {
            add(LearnCount.LATE_LABELS, 1);
        } else {
            add(LearnCount.WAITING, -1);
            add(LearnCount.LEARNED, 1);
            item.kind = Kind.LEARNED;
            learn(item, label.value, label.time);
        }
    }

    void clock(long time) {
        if (time <= clock) {
            return;
        }
        clock = time;
        List<Item> defaults = new ArrayList<>();
        for (Map.Entry<String, Item> entry : List.copyOf(items.entrySet())) {
            Item item = entry.getValue();
            if (item.kind == Kind.PENDING && item.until <= time) {
                add(LearnCount.WAITING, -1);
                item.kind = Kind.EXPIRED;
                if (rules.hasDefault()) {
                    defaults.add(item);
                } else {
                    add(LearnCount.EXPIRED, 1);
                    item.until += rules.waitMillis();
                }
            } else if (item.kind == Kind.EARLY && item.until <= time) {
                add(LearnCount.EARLY, -1);
                add(LearnCount.UNMATCHED_LABELS, 1);
                items.remove(entry.getKey());
            }
        }
        defaults.sort(Comparator.<Item>comparingLong(item -> item.until)
                .thenComparing(item -> item.example.topic)
                .thenComparing(item -> item.example.partition)
                .thenComparing(item -> item.example.offset));
        for (Item item : defaults) {
            add(LearnCount.DEFAULTED, 1);
            learn(item, rules.byDefault(), item.until);
            item.until += rules.waitMillis();
        }
        items.values().removeIf(item -> item.until <= time);
    }

    private float[] score(Example example, boolean duplicate) {
        Batch batch = new Batch(learner.layout(), 1);
        batch.add(example.numbers, 0, example.ids, 0);
        float[] scores = new float[learner.outputs()];
        learner.score(batch, scores);
        add(LearnCount.PREDICTIONS, 1);
        long age = lastStep == Long.MIN_VALUE ? -1 : Math.max(0, example.time - lastStep);
        predictions.add(Recorder.line(example.id, duplicate, learner.steps(), age, scores));
        return scores;
    }

    private void learn(Item item, float target, long time) {
        evaluation.known(target);
        evaluation.add(item.scores, 0, target, item.majority, item.last);
        if (learner.learn(item.example.numbers, 0, item.example.ids, 0, target, item.example.weight)) {
            lastStep = Math.max(lastStep, time);
        }
    }

    private long waiting() {
        return counts.get(LearnCount.WAITING) + counts.get(LearnCount.EARLY);
    }

    private void add(LearnCount count, long n) {
        counts.merge(count, n, Long::sum);
    }

    String report() {
        return evaluation.all() + " / " + evaluation.lastWindow();
    }

    String weights() throws SnapshotException {
        return Model.read(learner.snapshot(Map.of())).info().sha256();
    }
}
