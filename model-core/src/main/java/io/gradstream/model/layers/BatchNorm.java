package io.gradstream.model.layers;

import io.gradstream.model.parameters.Filling;
import io.gradstream.model.parameters.Parameter;
import io.gradstream.model.parameters.Statistic;
import io.gradstream.model.spec.Default;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;

/**
 * weight (x - mean) / √(variance + epsilon) + bias, for each column of the innermost dimension (each channel of an image). While learning,
 * mean and variance are those of the mini-batch, over its rows, pixels or steps, without padding; a row's output then depends on the others.
 * While scoring, they are running statistics, part of the model: running = (1 - momentum) running + momentum (mean, or variance over n -
 * 1) of each mini-batch learned (Ioffe and Szegedy 2015, as in PyTorch). Of a single vector there is no variance, so a batch-size of 1 is
 * refused unless a row has several pixels or steps; where such a mini-batch comes all the same, by {@code stepNow} or a sequence of one
 * step, its variance counts as 0, which makes each output the bias, and the running variance stays as it is.
 *
 * @param momentum above 0, at most 1
 * @param epsilon above 0
 */
@Kind("batch-norm")
@Doc("Normalises each column by the mini-batch's mean and variance, and by running ones while scoring.")
public record BatchNorm(
        @Doc("How much of each mini-batch goes into the running statistics, above 0, at most 1.") @Default("0.1")
        float momentum,

        @Doc("Added to the variance, above 0.") @Default("0.00001")
        float epsilon)
        implements LayerSpec {
    public BatchNorm {
        if (!(momentum > 0 && momentum <= 1)) {
            throw new IllegalArgumentException("momentum must be above 0 and at most 1, was " + momentum);
        }
        if (!(epsilon > 0) || Float.isInfinite(epsilon)) {
            throw new IllegalArgumentException("epsilon must be > 0 and finite, was " + epsilon);
        }
    }

    /** With PyTorch's settings. */
    public BatchNorm() {
        this(0.1f, 1e-5f);
    }

    /** A single vector would have no variance. */
    @Override
    public int fewestVectors() {
        return 2;
    }

    @Override
    public Declared declare(Site site) {
        Signal in = site.onlyNumbers();
        int width = in.shape().last();
        Parameter weight = site.parameter("weight", Filling.ONES, width);
        Parameter bias = site.parameter("bias", Filling.ZEROS, width);
        Statistic mean = site.statistic("running_mean", width, 0);
        Statistic variance = site.positiveStatistic("running_var", width, 1);
        return site.outputWithSteps(in.shape(), room -> new NormalisedBatch(this, weight, bias, mean, variance, room));
    }
}
