package io.gradstream.pipeline.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.model.ModelSpec;
import io.gradstream.pipeline.examples.Example;
import io.gradstream.pipeline.examples.Incoming;
import io.gradstream.pipeline.examples.Label;
import io.gradstream.pipeline.learn.LabelJoin.Rules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random streams of events and labels (early, late, doubled, missing, of nobody), random flushes, watermarks and restores:
 * predictions to the bit, counters, evaluation and weights are those of {@link NaiveJoin}.
 */
class JoinOracleTest {

    private static final int ROUNDS = 40;
    private static final int STEPS = 300;

    /** What comes is processed at once. */
    @ParameterizedTest(name = "default {0}")
    @ValueSource(floats = {Float.NaN, 0, 1})
    void inOrderOfArrival(float byDefault) throws Exception {
        for (int seed = 0; seed < ROUNDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            ModelSpec spec = Specs.small(random.nextInt(1, 90));
            Rules rules = new Rules(random.nextInt(1, 40), byDefault, random.nextInt(4) == 0 ? 12 : 1000);
            JoinRun run = new JoinRun(spec, rules, false);
            NaiveJoin oracle = new NaiveJoin(spec, rules);
            long events = 0;
            long labels = 0;
            long combined = 0;
            for (int step = 0; step < STEPS; step++) {
                switch (random.nextInt(12)) {
                    case 0 -> run.core.flush();
                    case 1 -> run = random.nextInt(4) == 0 ? run.restored(seed * 1000L + step) : run;
                    case 2, 3 -> {
                        events += random.nextInt(10);
                        labels += random.nextInt(10);
                        boolean idle = random.nextInt(5) == 0;
                        run.flow.labelWatermark(labels);
                        oracle.clock(rules.hasDefault() ? Math.min(combined, labels) : combined);
                        combined = Math.max(combined, idle ? events : Math.min(events, labels));
                        run.flow.watermark(combined);
                        oracle.clock(rules.hasDefault() ? Math.min(combined, labels) : combined);
                    }
                    case 4, 5, 6, 7 -> {
                        Example event = Specs.event("id" + random.nextInt(60), events + random.nextInt(-5, 30), step);
                        run.event(event);
                        oracle.event(event);
                    }
                    default -> {
                        float value = random.nextInt(2);
                        Label label =
                                Specs.label("id" + random.nextInt(60), labels + random.nextInt(-5, 40), step, value);
                        run.label(label);
                        oracle.label(label);
                    }
                }
            }
            agree(run, oracle, seed);
        }
    }

    /** Rows and watermarks come in any interleaving; the result is that of processing all rows in their order. */
    @ParameterizedTest(name = "default {0}")
    @ValueSource(floats = {Float.NaN, 0})
    void inEventTimeOrder(float byDefault) throws Exception {
        for (int seed = 0; seed < ROUNDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            ModelSpec spec = Specs.small(random.nextInt(1, 20));
            Rules rules = new Rules(random.nextInt(1, 40), byDefault, 1000);
            List<Incoming> events = stream(random, false);
            List<Incoming> labels = stream(random, true);
            NaiveJoin oracle = inOrder(spec, rules, events, labels);
            agree(interleaved(spec, rules, events, labels, random), oracle, seed);
        }
    }

    /** Two partitions' worth of rows; times rise within a partition. */
    private static List<Incoming> stream(SplittableRandom random, boolean labels) {
        List<Incoming> rows = new ArrayList<>();
        long[] time = new long[2];
        long[] offset = new long[2];
        for (int i = 0; i < STEPS / 2; i++) {
            int partition = random.nextInt(2);
            time[partition] += random.nextInt(4);
            String id = "id" + random.nextInt(100);
            if (labels) {
                float value = random.nextInt(2);
                Label label = Specs.label(id, time[partition] + 10, offset[partition]++, value);
                label.partition = partition;
                rows.add(label);
            } else {
                Example event = Specs.event(id, time[partition], offset[partition]++);
                event.partition = partition;
                rows.add(event);
            }
        }
        return rows;
    }

    private static NaiveJoin inOrder(ModelSpec spec, Rules rules, List<Incoming> events, List<Incoming> labels) {
        NaiveJoin oracle = new NaiveJoin(spec, rules);
        List<Incoming> all = new ArrayList<>(events);
        all.addAll(labels);
        all.sort(Comparator.comparingLong(HeldRows::time)
                .thenComparing(row -> row instanceof Example)
                .thenComparing(row -> row instanceof Example e ? e.partition : ((Label) row).partition)
                .thenComparing(row -> row instanceof Example e ? e.offset : ((Label) row).offset));
        long newestLabel = labels.stream().mapToLong(HeldRows::time).max().orElseThrow();
        for (Incoming row : all) {
            long before = HeldRows.time(row) - 1;
            oracle.clock(rules.hasDefault() ? Math.min(before, newestLabel - 1) : before);
            oracle.take(row);
        }
        return oracle;
    }

    private static JoinRun interleaved(
            ModelSpec spec, Rules rules, List<Incoming> events, List<Incoming> labels, SplittableRandom random)
            throws Exception {
        JoinRun run = new JoinRun(spec, rules, true);
        int event = 0;
        int label = 0;
        while (event < events.size() || label < labels.size()) {
            int step = random.nextInt(10);
            if (step == 0) {
                run.watermarks(watermark(events, event), watermark(labels, label));
            } else if (step == 1 && random.nextInt(5) == 0) {
                run = run.restored(random.nextLong());
            } else if (step < 6 && event < events.size()) {
                run.event((Example) events.get(event++));
            } else if (label < labels.size()) {
                run.label((Label) labels.get(label++));
            }
        }
        run.watermarks(Long.MAX_VALUE, Long.MAX_VALUE);
        return run;
    }

    /** Just below the first time that is still to come: the smaller of what both partitions promise. */
    private static long watermark(List<Incoming> rows, int from) {
        return rows.subList(from, rows.size()).stream()
                        .mapToLong(HeldRows::time)
                        .min()
                        .orElse(Long.MAX_VALUE)
                - 1;
    }

    private static void agree(JoinRun run, NaiveJoin oracle, int seed) throws Exception {
        run.core.flush();
        List<String> predictions = run.recorder.predictions;
        assertThat(predictions).as("predictions, seed %d", seed).hasSameSizeAs(oracle.predictions);
        for (int i = 0; i < predictions.size(); i++) {
            assertThat(predictions.get(i)).as("prediction %d, seed %d", i, seed).isEqualTo(oracle.predictions.get(i));
        }
        for (LearnCount count : LearnCount.values()) {
            assertThat(run.count(count)).as("%s, seed %d", count, seed).isEqualTo(oracle.counts.get(count));
        }
        assertThat(run.core.evaluation().all() + " / " + run.core.evaluation().lastWindow())
                .as("evaluation, seed %d", seed)
                .isEqualTo(oracle.report());
        assertThat(run.weights()).as("weights, seed %d", seed).isEqualTo(oracle.weights());
    }
}
