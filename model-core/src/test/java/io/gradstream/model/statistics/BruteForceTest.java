package io.gradstream.model.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.gradstream.model.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each metric against its definition, computed plainly from all examples. */
class BruteForceTest {
    private static final double CLOSE = 1e-11;

    private static void close(Report report, String name, double expected) {
        assertThat(report.value(name)).as(name).isCloseTo(expected, offset(CLOSE));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 500, 3000})
    void binary(int examples) {
        Stream stream = Stream.of(Task.BINARY, 2, examples, examples);
        Report report = stream.addAll(0, examples, Prequential.create(Task.BINARY, 2, 1000))
                .all();
        int[][] confusion = new int[2][2];
        double loss = 0;
        for (int i = 0; i < examples; i++) {
            double p = stream.served()[i][0];
            confusion[(int) stream.targets()[i]][p >= 0.5 ? 1 : 0]++;
            loss -= Math.log(Math.min(1 - 1e-7, Math.max(1e-7, stream.targets()[i] == 1 ? p : 1 - p)));
        }
        double hits = confusion[1][1];
        double precision = zeroIfNone(hits, confusion[0][1] + hits);
        double recall = zeroIfNone(hits, confusion[1][0] + hits);

        checkConfusion(report, confusion, examples);
        close(report, "precision", precision);
        close(report, "recall", recall);
        close(report, "f1", zeroIfNone(2 * precision * recall, precision + recall));
        close(report, "log-loss", loss / examples);
        checkBaselines(report, stream);
        checkArea(report, stream);
        checkCalibration(report, stream);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7, 40})
    void multiclass(int classes) {
        Stream stream = Stream.of(Task.MULTICLASS, classes, 2000, classes);
        Report report = stream.addAll(0, 2000, Prequential.create(Task.MULTICLASS, classes, 1000))
                .all();
        int[][] confusion = new int[classes][classes];
        double loss = 0;
        for (int i = 0; i < 2000; i++) {
            confusion[(int) stream.targets()[i]][largest(stream.served()[i])]++;
            loss -= Math.log(Math.max(1e-7, stream.served()[i][(int) stream.targets()[i]]));
        }
        double precision = 0;
        double recall = 0;
        double f1 = 0;
        int seen = 0;
        for (int each = 0; each < classes; each++) {
            double came = sum(confusion[each]);
            double predicted = column(confusion, each);
            precision += zeroIfNone(confusion[each][each], predicted);
            recall += zeroIfNone(confusion[each][each], came);
            f1 += zeroIfNone(2 * confusion[each][each], came + predicted);
            seen += came + predicted > 0 ? 1 : 0;
        }

        checkConfusion(report, confusion, 2000);
        close(report, "precision", precision / seen);
        close(report, "recall", recall / seen);
        close(report, "f1", f1 / seen);
        close(report, "log-loss", loss / 2000);
        checkBaselines(report, stream);
        checkCalibration(report, stream);
        assertThat(report.names()).doesNotContain("auc");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 3000})
    void regression(int examples) {
        Stream stream = Stream.of(Task.REGRESSION, 0, examples, examples);
        Report report = stream.addAll(0, examples, Prequential.create(Task.REGRESSION, 0, 1000))
                .all();
        double mean = 0;
        for (float each : stream.targets()) {
            mean += each / (double) examples;
        }
        double absolute = 0;
        double squared = 0;
        double spread = 0;
        double ofMean = 0;
        double ofLast = 0;
        for (int i = 0; i < examples; i++) {
            double y = stream.targets()[i];
            double error = stream.served()[i][0] - y;
            absolute += Math.abs(error);
            squared += error * error;
            spread += (y - mean) * (y - mean);
            ofMean += Math.abs(stream.majority()[i] - y);
            ofLast += Math.abs(stream.last()[i] - y);
        }

        close(report, "mae", absolute / examples);
        close(report, "rmse", Math.sqrt(squared / examples));
        close(report, "r2", examples < 2 ? 0 : 1 - squared / spread);
        close(report, "mean-mae", ofMean / examples);
        close(report, "last-mae", ofLast / examples);
    }

    private static void checkConfusion(Report report, int[][] confusion, double n) {
        double hits = 0;
        double chance = 0;
        double recalls = 0;
        int came = 0;
        for (int each = 0; each < confusion.length; each++) {
            hits += confusion[each][each];
            chance += sum(confusion[each]) * column(confusion, each) / (n * n);
            recalls += zeroIfNone(confusion[each][each], sum(confusion[each]));
            came += sum(confusion[each]) > 0 ? 1 : 0;
        }
        close(report, "accuracy", hits / n);
        close(report, "balanced-accuracy", recalls / came);
        close(report, "kappa", chance == 1 ? 0 : (hits / n - chance) / (1 - chance));
    }

    private static void checkBaselines(Report report, Stream stream) {
        double majority = 0;
        double last = 0;
        for (int i = 0; i < stream.size(); i++) {
            majority += stream.majority()[i] == stream.targets()[i] ? 1 : 0;
            last += stream.last()[i] == stream.targets()[i] ? 1 : 0;
        }
        close(report, "majority-accuracy", majority / stream.size());
        close(report, "last-accuracy", last / stream.size());
    }

    /** All pairs; the histogram's area must be as near as it says. */
    private static void checkArea(Report report, Stream stream) {
        double right = 0;
        double pairs = 0;
        for (int i = 0; i < stream.size(); i++) {
            for (int j = 0; j < stream.size(); j++) {
                if (stream.targets()[i] == 1 && stream.targets()[j] == 0) {
                    pairs++;
                    right += Math.signum(stream.served()[i][0] - stream.served()[j][0]) / 2 + 0.5;
                }
            }
        }
        if (pairs == 0) {
            close(report, "auc", 0.5);
            close(report, "auc-error", 0.5);
            return;
        }
        assertThat(report.value("auc")).isCloseTo(right / pairs, offset(report.value("auc-error") + CLOSE));
        assertThat(report.value("auc-error")).isLessThan(stream.size() < 100 ? 0.51 : 0.002);
    }

    private static void checkCalibration(Report report, Stream stream) {
        double error = 0;
        for (int bin = 0; bin < 10; bin++) {
            double n = 0;
            double trueOnes = 0;
            double probabilities = 0;
            for (int i = 0; i < stream.size(); i++) {
                float[] served = stream.served()[i];
                int predicted = stream.task() == Task.BINARY ? 1 : largest(served);
                double p = stream.task() == Task.BINARY ? served[0] : served[predicted];
                if (p >= bin / 10.0 && (p < (bin + 1) / 10.0 || bin == 9)) {
                    n++;
                    trueOnes += stream.targets()[i] == predicted ? 1 : 0;
                    probabilities += p;
                }
            }
            error += n == 0 ? 0 : n / stream.size() * Math.abs(probabilities / n - trueOnes / n);
        }
        close(report, "calibration-error", error);
    }

    private static int largest(float[] scores) {
        int largest = 0;
        for (int each = 1; each < scores.length; each++) {
            largest = scores[each] > scores[largest] ? each : largest;
        }
        return largest;
    }

    private static double sum(int[] row) {
        double sum = 0;
        for (int each : row) {
            sum += each;
        }
        return sum;
    }

    private static double column(int[][] rows, int column) {
        double sum = 0;
        for (int[] row : rows) {
            sum += row[column];
        }
        return sum;
    }

    private static double zeroIfNone(double part, double whole) {
        return whole == 0 ? 0 : part / whole;
    }

    /** Worked by hand: 4 hits of 10, chance 0.48. */
    @Test
    void kappaOfAnExampleOnPaper() {
        Prequential evaluation = Prequential.create(Task.BINARY, 2, 100);
        int[][] confusion = {{2, 4}, {2, 2}};
        for (int came = 0; came < 2; came++) {
            for (int predicted = 0; predicted < 2; predicted++) {
                for (int n = confusion[came][predicted]; n > 0; n--) {
                    evaluation.add(new float[] {predicted}, 0, came, 0, 0);
                }
            }
        }

        close(evaluation.all(), "accuracy", 0.4);
        close(evaluation.all(), "kappa", (0.4 - 0.48) / 0.52);
        close(evaluation.all(), "precision", 1 / 3.0);
        close(evaluation.all(), "recall", 0.5);
        close(evaluation.all(), "f1", 0.4);
        close(evaluation.all(), "auc", (2 / 6.0 + 0.5) / 2);
        close(evaluation.all(), "log-loss", -0.6 * Math.log(1e-7) - 0.4 * Math.log(1 - 1e-7));
    }
}
