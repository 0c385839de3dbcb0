package io.gradstream.model.losses;

import io.gradstream.model.kernels.ActivationKernels;
import io.gradstream.model.kernels.Kernels;

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
    private final float[] logSums;
    private final float[] losses;

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
        this.logSums = new float[capacity];
        this.losses = new float[capacity];
    }

    /** gradient (batch, classes) = factor (sum of q · softmax - q), factor = weight / sum over the batch of the targets' class weights */
    @Override
    public float evaluate(float[] outputs, float[] targets, float[] weights, int batch, float[] gradient) {
        float all = 0;
        for (int row = 0; row < batch; row++) {
            all += ofClasses[(int) targets[row]];
        }
        ActivationKernels.logSumExpRows(batch, classes, outputs, 0, logSums, 0);
        ActivationKernels.softmaxRows(batch, classes, outputs, 0, gradient, 0);
        for (int row = 0; row < batch; row++) {
            int target = (int) targets[row];
            float factor = all == 0 ? 0 : weights[row] / all;
            losses[row] = factor * loss(outputs, row, target);
            slope(factor, row, target, gradient);
        }
        return Kernels.sum(losses, 0, batch);
    }

    private float loss(float[] outputs, int row, int target) {
        float loss = kept * ofClasses[target] * distance(outputs, row, target);
        for (int k = 0; k < classes; k++) {
            loss += spread[k] * distance(outputs, row, k);
        }
        return Math.min(loss, Float.MAX_VALUE);
    }

    /** A difference of two finite floats may overflow; the loss stays finite. */
    private float distance(float[] outputs, int row, int k) {
        return Math.min(logSums[row] - outputs[row * classes + k], Float.MAX_VALUE);
    }

    private void slope(float factor, int row, int target, float[] gradient) {
        float ofTarget = kept * ofClasses[target];
        for (int k = 0; k < classes; k++) {
            float q = spread[k] + (k == target ? ofTarget : 0);
            int at = row * classes + k;
            gradient[at] = factor * ((ofTarget + allSpread) * gradient[at] - q);
        }
    }
}
