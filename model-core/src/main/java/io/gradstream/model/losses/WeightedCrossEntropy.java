package io.gradstream.model.losses;

import io.gradstream.model.kernels.ActivationKernels;
import io.gradstream.model.kernels.Kernels;
import io.gradstream.model.kernels.LossKernels;

/**
 * Cross entropy with weights of classes and smoothed labels: the sum over classes k of q_k (logsumexp(z) - z_k), where q_k is
 * weight_k smoothing / classes, and for the target (1 - smoothing) weight_t more.
 */
final class WeightedCrossEntropy implements Loss {
    private final float kept;
    private final int classes;
    private final float[] ofClasses;
    /** What every class has of any row's target. */
    private final float[] spread;

    private final float allSpread;
    private final float[] factors;
    private final float[] losses;
    private final float[] p;
    private final float[] logs;

    WeightedCrossEntropy(float smoothing, float[] ofClasses, int capacity) {
        this.kept = 1 - smoothing;
        this.classes = ofClasses.length;
        this.ofClasses = ofClasses;
        this.spread = new float[classes];
        float sum = 0;
        for (int k = 0; k < classes; k++) {
            spread[k] = ofClasses[k] * smoothing / classes;
            sum += spread[k];
        }
        this.allSpread = sum;
        this.factors = new float[capacity];
        this.losses = new float[capacity];
        this.p = new float[smoothing > 0 ? Math.multiplyExact(capacity, classes) : 0];
        this.logs = new float[capacity];
    }

    /** gradient (batch, classes) = factor (sum of q · softmax - q), factor = weight / sum over the batch of the targets' class weights */
    @Override
    public float evaluate(float[] outputs, float[] targets, float[] weights, int batch, float[] gradient) {
        float all = 0;
        for (int row = 0; row < batch; row++) {
            all += ofClasses[(int) targets[row]];
        }
        float of = all == 0 ? 0 : 1 / all;
        for (int row = 0; row < batch; row++) {
            factors[row] = weights[row] * of * (kept * ofClasses[(int) targets[row]]);
        }
        float loss =
                LossKernels.crossEntropy(batch, classes, outputs, 0, targets, 0, factors, 0, losses, 0, gradient, 0);
        return allSpread == 0 ? loss : loss + spreadLoss(outputs, weights, of, batch, gradient);
    }

    /** The loss of what every class has of any target; its gradient, factor (allSpread · softmax - spread), is added. */
    private float spreadLoss(float[] outputs, float[] weights, float of, int batch, float[] gradient) {
        ActivationKernels.softmaxRows(batch, classes, outputs, 0, p, 0);
        for (int row = 0; row < batch; row++) {
            logs[row] = largest(p, row);
        }
        ActivationKernels.log(logs, 0, logs, 0, batch);
        for (int row = 0; row < batch; row++) {
            float factor = weights[row] * of;
            float largest = largest(outputs, row);
            double loss = 0;
            for (int k = 0; k < classes; k++) {
                int at = row * classes + k;
                // In double precision, where the difference of two floats does not overflow.
                loss += spread[k] * ((double) largest - outputs[at] - logs[row]);
                gradient[at] += factor * (allSpread * p[at] - spread[k]);
            }
            losses[row] = factor * (float) Math.min(loss, Float.MAX_VALUE);
        }
        return Kernels.sum(losses, 0, batch);
    }

    private float largest(float[] x, int row) {
        float largest = x[row * classes];
        for (int k = 1; k < classes; k++) {
            largest = Math.max(largest, x[row * classes + k]);
        }
        return largest;
    }
}
