package io.gradstream.model.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import com.sun.management.ThreadMXBean;
import io.gradstream.model.Task;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PrequentialTest {
    private static Prequential create(Task task, int window) {
        return Prequential.create(task, 5, window);
    }

    @ParameterizedTest
    @EnumSource(Task.class)
    void aWindowIsWhatAFreshEvaluationWouldSayOfIt(Task task) {
        Stream stream = Stream.of(task, 5, 1000, 3);
        Prequential evaluation = create(task, 100);
        for (int i = 0; i < 1000; i++) {
            stream.add(i, evaluation);
            assertThat(evaluation.windowClosed()).isEqualTo(i % 100 == 99);
            int closed = (i + 1) / 100 * 100;
            if (i % 50 == 49 && closed > 0) {
                Prequential fresh = stream.addAll(closed - 100, closed, create(task, 1000));
                assertThat(evaluation.lastWindow()).isEqualTo(fresh.all());
            }
        }
        assertThat(evaluation.all().examples()).isEqualTo(1000);
        assertThat(evaluation.examples()).isEqualTo(1000);
    }

    @ParameterizedTest
    @EnumSource(Task.class)
    void anEmptyEvaluationHasAllNamesAndNoNaN(Task task) {
        Prequential evaluation = create(task, 10);

        assertThat(evaluation.windowClosed()).isFalse();
        assertThat(evaluation.majorityNow()).isZero();
        assertThat(evaluation.lastNow()).isZero();
        for (Report report : new Report[] {evaluation.all(), evaluation.lastWindow()}) {
            assertThat(report.examples()).isZero();
            for (String name : report.names()) {
                assertThat(report.value(name)).as(name).isEqualTo(name.startsWith("auc") ? 0.5 : 0);
            }
        }
        assertThat(evaluation.lastWindow().names()).isEqualTo(evaluation.all().names());
        assertThat(Prequential.read(evaluation.state()).all()).isEqualTo(evaluation.all());
    }

    @Test
    void oneClassOnly() {
        Prequential evaluation = create(Task.BINARY, 10);
        for (int i = 0; i < 10; i++) {
            evaluation.add(new float[] {0.25f}, 0, 0, 0, 0);
        }
        Report report = evaluation.lastWindow();

        assertThat(report.value("accuracy")).isEqualTo(1);
        assertThat(report.value("balanced-accuracy")).isEqualTo(1);
        assertThat(report.value("precision")).isZero();
        assertThat(report.value("recall")).isZero();
        assertThat(report.value("f1")).isZero();
        assertThat(report.value("kappa")).isZero();
        assertThat(report.value("auc")).isEqualTo(0.5);
        assertThat(report.value("auc-error")).isEqualTo(0.5);
        assertThat(report.value("calibration-error")).isEqualTo(0.25);
        assertThat(report.value("log-loss")).isCloseTo(-Math.log(0.75), offset(1e-12));
    }

    @Test
    void ties() {
        Prequential binary = create(Task.BINARY, 10);
        binary.add(new float[] {0.5f}, 0, 1, 0, 0);
        binary.add(new float[] {0.5f}, 0, 0, 0, 0);
        assertThat(binary.all().value("auc")).isEqualTo(0.5);
        assertThat(binary.all().value("auc-error")).isEqualTo(0.5);
        assertThat(binary.all().value("recall")).as("0.5 predicts 1").isEqualTo(1);

        Prequential multiclass = create(Task.MULTICLASS, 10);
        multiclass.add(new float[] {9, 0.1f, 0.4f, 0.4f, 0.1f, 0}, 1, 1, 0, 0);
        assertThat(multiclass.all().value("accuracy"))
                .as("the first of the largest")
                .isEqualTo(1);
    }

    @Test
    void aConstantOutcomeHasNoR2() {
        Prequential evaluation = create(Task.REGRESSION, 10);
        evaluation.add(new float[] {3}, 0, 5, 0, 0);
        evaluation.add(new float[] {4}, 0, 5, 0, 0);

        assertThat(evaluation.all().value("r2")).isZero();
        assertThat(evaluation.all().value("rmse")).isCloseTo(Math.sqrt(2.5), offset(1e-12));
    }

    @Test
    void theBaselinesAreTheMajorityAndTheLastOutcome() {
        Prequential evaluation = create(Task.MULTICLASS, 10);
        float[] outcomes = {3, 1, 1, 3, 0, 0, 0};
        float[] majorities = {3, 1, 1, 1, 1, 0, 0};
        for (int i = 0; i < outcomes.length; i++) {
            evaluation.known(outcomes[i]);
            assertThat(evaluation.majorityNow()).as("after %d", i).isEqualTo(majorities[i]);
            assertThat(evaluation.lastNow()).isEqualTo(outcomes[i]);
        }
        Prequential values = create(Task.REGRESSION, 10);
        values.known(1);
        values.known(4);
        assertThat(values.majorityNow()).isEqualTo(2.5f);
        assertThat(values.lastNow()).isEqualTo(4);
        assertThat(values.all().examples()).as("known alone judges nothing").isZero();
    }

    @Test
    void theBaselinesOfAnExampleAreThoseItWasServedWith() {
        Prequential evaluation = create(Task.BINARY, 10);
        evaluation.known(1);
        float majority = evaluation.majorityNow();
        float last = evaluation.lastNow();
        evaluation.known(0);
        evaluation.known(0);
        evaluation.add(new float[] {0}, 0, 1, majority, last);

        assertThat(evaluation.all().value("majority-accuracy")).isEqualTo(1);
        assertThat(evaluation.all().value("last-accuracy")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Task.class)
    void whateverIsServedNoMetricIsNaN(Task task) {
        float[] odd = {
            0, -0.0f, 1, Float.MIN_VALUE, 0.99999994f, 0.5f, Float.NaN, Float.POSITIVE_INFINITY, -1, 1.5f, 3e38f, -3e38f
        };
        Random random = new Random(1);
        for (int round = 0; round < 300; round++) {
            Prequential evaluation = create(task, 1 + random.nextInt(20));
            for (int i = random.nextInt(50); i >= 0; i--) {
                float[] served = new float[5];
                for (int each = 0; each < 5; each++) {
                    served[each] = odd[random.nextInt(odd.length)];
                }
                float target = task == Task.REGRESSION ? odd[8 + random.nextInt(4)] : random.nextInt(2);
                evaluation.add(served, 0, target, evaluation.majorityNow(), evaluation.lastNow());
                evaluation.known(target);
            }
            assertThat(evaluation.all().values()).allMatch(Double::isFinite);
            assertThat(evaluation.lastWindow().values()).allMatch(Double::isFinite);
        }
    }

    @Test
    void scoresThatAreNoneAreCountedApart() {
        Prequential evaluation = create(Task.BINARY, 4);
        for (float each : new float[] {0.9f, Float.NaN, 1.5f, Float.NEGATIVE_INFINITY}) {
            evaluation.add(new float[] {each}, 0, 1, 0, 0);
        }

        assertThat(evaluation.windowClosed()).isTrue();
        assertThat(evaluation.lastWindow().examples()).isEqualTo(4);
        assertThat(evaluation.lastWindow().value("unusable-scores")).isEqualTo(3);
        assertThat(evaluation.lastWindow().value("accuracy")).isEqualTo(1);
        assertThat(evaluation.all()).isEqualTo(evaluation.lastWindow());
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> Prequential.create(Task.BINARY, 2, 0)).hasMessage("window must be at least 1, was 0");
        assertThatThrownBy(() -> Prequential.create(Task.MULTICLASS, 1, 10))
                .hasMessage("classes must be 2 to 1048576, were 1");
        for (float each : new float[] {Float.NaN, 0.5f, -1, 2, Float.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> create(Task.BINARY, 1).known(each))
                    .hasMessage("the outcome " + each + " is impossible for BINARY with 2 classes");
        }
        assertThatThrownBy(() -> create(Task.MULTICLASS, 1).add(new float[5], 0, 5, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> create(Task.REGRESSION, 1).known(Float.NaN))
                .hasMessage("the outcome NaN is impossible for REGRESSION");
        assertThatThrownBy(() -> create(Task.REGRESSION, 1).all().value("auc"))
                .hasMessage("no metric 'auc' among mae, rmse, r2, mean-mae, last-mae, unusable-scores");
    }

    @ParameterizedTest
    @EnumSource(Task.class)
    void addingAllocatesNothing(Task task) {
        Stream stream = Stream.of(task, 5, 1000, 3);
        Prequential evaluation = create(task, 100);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        stream.addAll(0, 1000, evaluation);
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int round = 0; round < 20; round++) {
            stream.addAll(0, 1000, evaluation);
        }

        assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                .as("20,000 examples, 200 windows")
                .isLessThan(10_000);
    }
}
