package io.gradstream.model.statistics;

import java.util.List;

/**
 * Classification. Binary: one served score, the probability of class 1, which is predicted from 0.5 on; precision, recall and F1 are
 * those of class 1. Multiclass: a probability for each class, the largest is predicted (of equal ones the first); precision, recall
 * and F1 are means over the classes, calibration is that of the predicted class (Guo et al. 2017), and there is no AUC.
 *
 * <p>Log-loss is the mean of -ln of the probability served for the class that came, clipped to [{@link #EPSILON}, 1 - EPSILON], by
 * {@link NaturalLogarithm}, since Math.log may differ in the last bit between JDKs.
 */
final class ClassTally implements Tally {
    /** The least probability that log-loss believes: a certain and wrong score costs 16.1. */
    static final double EPSILON = 1e-7;

    private static final List<String> BINARY = List.of(
            "accuracy",
            "balanced-accuracy",
            "precision",
            "recall",
            "f1",
            "kappa",
            "log-loss",
            "calibration-error",
            "majority-accuracy",
            "last-accuracy",
            "auc",
            "auc-error");
    private static final List<String> MULTICLASS = BINARY.subList(0, 10);

    private final boolean binary;
    private final int classes;
    private final Confusions confusions;
    private final Calibration calibration = new Calibration();
    private final ScoreHistogram histogram;
    private double loss;
    private long majorityHits;
    private long lastHits;

    private ClassTally(boolean binary, int classes) {
        this.binary = binary;
        this.classes = classes;
        this.confusions = new Confusions(classes);
        this.histogram = binary ? new ScoreHistogram() : null;
    }

    static ClassTally binary() {
        return new ClassTally(true, 2);
    }

    static ClassTally multiclass(int classes) {
        return new ClassTally(false, classes);
    }

    @Override
    public List<String> names() {
        return binary ? BINARY : MULTICLASS;
    }

    @Override
    public double loss(float[] served, int at, float target) {
        double probability = !binary ? served[at + (int) target] : target == 1 ? served[at] : 1 - (double) served[at];
        return -NaturalLogarithm.of(Math.min(1 - EPSILON, Math.max(EPSILON, probability)));
    }

    @Override
    public void add(float[] served, int at, float target, double loss, float majorityServed, float lastServed) {
        int came = (int) target;
        this.loss += loss;
        if (binary) {
            addBinary(served[at], came);
        } else {
            addMulticlass(served, at, came);
        }
        majorityHits += majorityServed == target ? 1 : 0;
        lastHits += lastServed == target ? 1 : 0;
    }

    private void addBinary(float probability, int came) {
        confusions.add(probability >= 0.5f ? 1 : 0, came);
        calibration.add(probability, came == 1);
        histogram.add(probability, came == 1);
    }

    private void addMulticlass(float[] served, int at, int came) {
        int predicted = 0;
        for (int each = 1; each < classes; each++) {
            predicted = served[at + each] > served[at + predicted] ? each : predicted;
        }
        confusions.add(predicted, came);
        calibration.add(served[at + predicted], predicted == came);
    }

    @Override
    public void metrics(double[] into) {
        double n = Math.max(1, confusions.examples());
        into[0] = confusions.accuracy();
        into[1] = confusions.balancedAccuracy();
        into[2] = binary ? confusions.precision(1) : confusions.macroPrecision();
        into[3] = binary ? confusions.recall(1) : confusions.macroRecall();
        into[4] = binary ? confusions.f1(1) : confusions.macroF1();
        into[5] = confusions.kappa();
        into[6] = loss / n;
        into[7] = calibration.error();
        into[8] = majorityHits / n;
        into[9] = lastHits / n;
        if (binary) {
            into[10] = histogram.area();
            into[11] = histogram.error();
        }
    }

    @Override
    public void clear() {
        confusions.clear();
        calibration.clear();
        loss = 0;
        majorityHits = 0;
        lastHits = 0;
        if (binary) {
            histogram.clear();
        }
    }

    @Override
    public void write(StateOutput out) {
        confusions.write(out);
        calibration.write(out);
        out.number(loss);
        out.count(majorityHits);
        out.count(lastHits);
        if (binary) {
            histogram.write(out);
        }
    }

    @Override
    public void read(StateInput in) {
        confusions.read(in);
        calibration.read(in);
        loss = in.number();
        majorityHits = in.count();
        lastHits = in.count();
        if (binary) {
            histogram.read(in);
        }
    }
}
