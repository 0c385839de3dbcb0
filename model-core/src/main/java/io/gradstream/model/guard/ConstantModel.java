package io.gradstream.model.guard;

import io.gradstream.model.Task;
import io.gradstream.model.losses.Link;
import io.gradstream.model.losses.Loss;
import io.gradstream.model.losses.LossSpec;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The baseline: a model that knows no features, and says of each example how often each class came so far (Laplace's estimate), or the
 * mean of the values so far. It is judged by the learner's own loss, with the examples' weights, so that class weights, label smoothing
 * or a quantile are the same for both.
 */
final class ConstantModel {
    /** The weight after which values have a deviation that can be trusted. */
    private static final double SETTLED = 100;

    /** In deviations: a value farther from the mean counts as if it were there, so that none decides the mean alone. */
    private static final double FARTHEST = 100;

    private final Task task;
    private final boolean logarithm;
    private final Loss loss;
    private final int outputs;
    /** (batch, outputs), each row the same. */
    private final float[] logits;

    private final float[] gradient;
    /** By class, the weights of the examples, and 1; for regression empty. */
    private final double[] came;

    private double weight;
    private double mean;
    private double squares;

    ConstantModel(Task task, LossSpec loss, int batch, int outputs) {
        this.task = task;
        this.logarithm = loss.link() == Link.EXP;
        this.loss = loss.make(batch, outputs);
        this.outputs = outputs;
        this.logits = new float[batch * outputs];
        this.gradient = new float[batch * outputs];
        this.came = new double[classes(task, outputs)];
        Arrays.fill(came, 1);
    }

    private static int classes(Task task, int outputs) {
        return switch (task) {
            case BINARY -> 2;
            case MULTICLASS -> outputs;
            case REGRESSION -> 0;
        };
    }

    /** Floats that it keeps for so many rows. */
    static long floats(LossSpec loss, long batch, long outputs) {
        return 2 * batch * outputs + loss.floats(batch, outputs) + 2 * Math.max(2, outputs);
    }

    /** The mean loss of rows, which it then learns. */
    float judge(float[] targets, float[] weights, int rows) {
        for (int row = 1; row < rows; row++) {
            System.arraycopy(logits, 0, logits, row * outputs, outputs);
        }
        float judged = loss.evaluate(logits, targets, weights, rows, gradient);
        for (int row = 0; row < rows; row++) {
            learn(targets[row], weights[row]);
        }
        if (task != Task.MULTICLASS) {
            tell();
        }
        return judged;
    }

    private void learn(float target, float of) {
        if (task != Task.REGRESSION) {
            came[(int) target] += of;
            if (task == Task.MULTICLASS) {
                // Softmax heeds differences alone, so the sum over all classes is not needed.
                logits[(int) target] = (float) StrictMath.log(came[(int) target]);
            }
        } else if (of > 0) {
            double limit = weight < SETTLED || squares == 0 ? Double.MAX_VALUE : FARTHEST * Math.sqrt(squares / weight);
            double off = Math.max(-limit, Math.min(limit, target - mean));
            weight += of;
            mean += off * (of / weight);
            squares += of * off * off * (1 - of / weight);
        }
    }

    /** Puts the one logit there is where it is read. StrictMath gives the same bits on every JDK. */
    private void tell() {
        if (task == Task.BINARY) {
            logits[0] = (float) (StrictMath.log(came[1]) - StrictMath.log(came[0]));
        } else {
            logits[0] = (float) (logarithm ? StrictMath.log(Math.max(mean, Float.MIN_NORMAL)) : mean);
        }
    }

    long bytes() {
        return (came.length + 3L) * Double.BYTES;
    }

    void write(ByteBuffer out) {
        for (double each : came) {
            out.putDouble(each);
        }
        out.putDouble(weight).putDouble(mean).putDouble(squares);
    }

    void read(ByteBuffer in) {
        for (int i = 0; i < came.length; i++) {
            came[i] = in.getDouble();
        }
        weight = in.getDouble();
        mean = in.getDouble();
        squares = in.getDouble();
        if (task == Task.MULTICLASS) {
            for (int i = 0; i < came.length; i++) {
                logits[i] = (float) StrictMath.log(came[i]);
            }
        } else if (task == Task.BINARY || weight > 0) {
            tell();
        }
    }
}
