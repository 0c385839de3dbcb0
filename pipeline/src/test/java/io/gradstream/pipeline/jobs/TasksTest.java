package io.gradstream.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradstream.broker.EmbeddedBroker;
import io.gradstream.connectors.records.Evaluation;
import io.gradstream.connectors.records.Prediction;
import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.jobs.Shop.Labels;
import io.gradstream.testing.GradstreamExtension;
import io.gradstream.testing.TestTopics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tasks of several classes and of values, their records as CSV and as JSON, the outcomes in the event and apart: what is served, and that
 * the figures on the metrics topic are those of what was served. Its time is spent on the newer JDK only.
 */
@EnabledForJreRange(min = JRE.JAVA_21)
class TasksTest {

    @RegisterExtension
    static final GradstreamExtension GRADSTREAM = new GradstreamExtension().withTaskManagers(1, 4);

    private static final int BATCH = 32;
    private static final int N = BATCH * 60;

    /** The visit whose outcome cannot be learned. */
    private static final int ODD = N;

    private static final String VISIT = "id, time, price, visits, country";
    private static final String OUTCOME = "id, time, outcome";
    private static final List<String> CLASSES = List.of("none", "one", "many");

    @TempDir
    Path folder;

    private Shop shop;
    private boolean csv;
    private Labels labels;

    private void open(String format, Labels where, EmbeddedBroker broker, TestTopics kafka) {
        shop = Shop.open(broker, kafka, folder, 1);
        csv = format.equals("csv");
        labels = where;
    }

    @ParameterizedTest
    @CsvSource({"csv, IN_EVENT", "csv, APART", "json, IN_EVENT", "json, APART"})
    void classes(String format, Labels where, EmbeddedBroker broker, TestTopics kafka) throws Exception {
        open(format, where, broker, kafka);
        Map<String, Double> metrics = learned("multiclass", ", classes: [none, one, many]", TasksTest::parcels);

        int right = 0;
        for (Prediction prediction : shop.predictions()) {
            float[] scores = prediction.scores();
            assertThat(scores).hasSize(CLASSES.size());
            assertThat(scores[0] + scores[1] + scores[2]).isCloseTo(1f, within(1e-6f));
            String outcome = parcels(number(prediction));
            int best = IntStream.range(1, scores.length).reduce(0, (a, b) -> scores[b] > scores[a] ? b : a);
            right += CLASSES.get(best).equals(outcome) ? 1 : 0;
        }
        assertThat(metrics.get("accuracy")).isEqualTo((double) right / N);
        assertThat(metrics.get("accuracy"))
                .isGreaterThan(metrics.get("majority-accuracy") + 0.2)
                .isGreaterThan(metrics.get("last-accuracy") + 0.2);
        assertThat(metrics)
                .containsKeys("log-loss", "kappa", "balanced-accuracy")
                .doesNotContainKeys("auc", "mae");
    }

    @ParameterizedTest
    @CsvSource({"csv, IN_EVENT", "csv, APART", "json, IN_EVENT", "json, APART"})
    void values(String format, Labels where, EmbeddedBroker broker, TestTopics kafka) throws Exception {
        open(format, where, broker, kafka);
        Map<String, Double> metrics = learned("regression", "", TasksTest::hours);

        double off = 0;
        for (Prediction prediction : shop.predictions()) {
            assertThat(prediction.scores()).hasSize(1);
            String outcome = hours(number(prediction));
            off += Math.abs(prediction.score(0) - Float.parseFloat(outcome));
        }
        assertThat(metrics.get("mae")).isCloseTo(off / N, within(1e-9));
        assertThat(metrics.get("mae"))
                .isLessThan(0.5 * metrics.get("mean-mae"))
                .isLessThan(0.5 * metrics.get("last-mae"));
        assertThat(metrics.get("r2")).isGreaterThan(0.5);
        assertThat(metrics).containsKeys("rmse").doesNotContainKeys("accuracy", "auc");
    }

    /** Runs a job over all there is; gives the last figures over all of it. */
    private Map<String, Double> learned(String task, String more, IntFunction<String> outcome) throws Exception {
        shop.task = task;
        write(outcome);
        Shop.run(pipeline(more)).getJobExecutionResult().get(90, TimeUnit.SECONDS);

        assertThat(shop.predictions()).extracting(Prediction::id).containsExactly(MainJobTest.ids(0, N));
        assertThat(shop.lastSnapshot().manifest().version()).isEqualTo(N / BATCH);
        assertThat(shop.deadLetters())
                .singleElement()
                .satisfies(letter -> assertThat(letter.offset()).isEqualTo(ODD));
        List<Evaluation> evaluations = shop.evaluations();
        Evaluation last = evaluations.get(evaluations.size() - 1);
        assertThat(last.scope()).isEqualTo(Evaluation.Scope.ALL);
        assertThat(last.examples()).isEqualTo(N);
        return last.metrics();
    }

    private Pipeline pipeline(String more) throws IOException {
        String where = ", topic: %s, format: %s, id: id, time: time, wait: 60s, out-of-orderness: %s"
                .formatted(shop.sales, format(OUTCOME), Shop.DISORDER);
        return shop.load("""
                order: event-time
                input: {topic: %s, format: %s, id: id, time: time, start-offsets: earliest, bounded: true}
                features:
                  - numeric: [price, visits]
                  - {categorical: country, buckets: 64}
                label: {field: outcome%s%s}
                """.formatted(shop.views, format(visit()), more, labels == Labels.IN_EVENT ? "" : where));
    }

    private String visit() {
        return labels == Labels.IN_EVENT ? VISIT + ", outcome" : VISIT;
    }

    private String format(String columns) {
        return csv ? "{csv: [" + columns + "]}" : "json";
    }

    /** The odd outcome is in a visit of its own, or on its own. */
    private void write(IntFunction<String> outcome) {
        List<String> visits = new ArrayList<>();
        List<String> outcomes = new ArrayList<>();
        for (int i = 0; i <= ODD; i++) {
            String known = i == ODD ? "odd" : outcome.apply(i);
            if (i < ODD || labels == Labels.IN_EVENT) {
                visits.add(row(visit(), "v" + i, Shop.time(i), price(i), i % 20, "c" + i % 30, known));
            }
            outcomes.add(row(OUTCOME, "v" + i, Shop.soldAt(i), known));
        }
        shop.write(shop.views, 0, visits);
        shop.write(shop.sales, 0, outcomes);
    }

    /** As many of the values as there are columns. */
    private String row(String columns, Object... values) {
        String[] names = columns.split(", ");
        IntFunction<String> quoted = i -> values[i] instanceof Number ? "" + values[i] : "\"" + values[i] + "\"";
        String cells = IntStream.range(0, names.length)
                .mapToObj(i -> csv ? "" + values[i] : "\"" + names[i] + "\":" + quoted.apply(i))
                .collect(Collectors.joining(","));
        return csv ? cells : "{" + cells + "}";
    }

    private static int number(Prediction prediction) {
        return Integer.parseInt(prediction.id().substring(1));
    }

    private static double price(int i) {
        return new SplittableRandom(i).nextInt(1, 1000) / 10.0;
    }

    /** How many parcels are bought: mostly more of what is cheap. */
    private static String parcels(int i) {
        double seeming = price(i) + new SplittableRandom(~i).nextInt(-10, 11);
        return CLASSES.get(seeming > 66 ? 0 : seeming > 33 ? 1 : 2);
    }

    /** How long somebody thinks before: the longer, the dearer. */
    private static String hours(int i) {
        return "" + (price(i) / 25 - 1 + new SplittableRandom(~i).nextInt(-20, 21) / 100.0);
    }
}
