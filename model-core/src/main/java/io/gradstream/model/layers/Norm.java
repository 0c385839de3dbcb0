package io.gradstream.model.layers;

import io.gradstream.model.kernels.SequenceKernels;
import io.gradstream.model.parameters.Filling;
import io.gradstream.model.parameters.Parameter;

/** Layer normalisation of each vector, with a learned scale and shift (Ba et al. 2016). */
final class Norm implements Piece {
    private static final float EPSILON = 1e-5f;

    private final Parameters parameters;
    private final int vectors;
    private final int width;
    private final float[] normal;
    private final float[] inverse;

    /** Scale and shift, called as PyTorch calls them. */
    record Parameters(Parameter weight, Parameter bias) {
        static Parameters declare(Site site, String prefix, int width) {
            return new Parameters(
                    site.parameter(prefix + "weight", Filling.ONES, width),
                    site.parameter(prefix + "bias", Filling.ZEROS, width));
        }
    }

    Norm(Parameters parameters, int vectors, Room room) {
        this.parameters = parameters;
        this.vectors = vectors;
        this.width = parameters.weight.shape().last();
        this.normal = room.perRow((long) vectors * width);
        this.inverse = room.perRow(vectors);
    }

    /** y (batch, width) = weight (x - mean) / √(variance + epsilon) + bias */
    @Override
    public void forward(Pass pass, float[] x, float[] y) {
        int weight = parameters.weight.at();
        int bias = parameters.bias.at();
        float[] dense = pass.dense();
        SequenceKernels.layerNorm(
                pass.batch() * vectors, width, EPSILON, x, 0, dense, weight, dense, bias, normal, 0, inverse, 0, y, 0);
    }

    /** dWeight += column sums of dy normal; dBias += column sums of dy; dx = the gradient through mean and deviation */
    @Override
    public void backward(Pass pass, float[] x, float[] dy, float[] dx) {
        int weight = parameters.weight.at();
        int bias = parameters.bias.at();
        float[] gradients = pass.gradients();
        SequenceKernels.layerNormBackward(
                pass.batch() * vectors,
                width,
                normal,
                0,
                inverse,
                0,
                pass.dense(),
                weight,
                dy,
                0,
                gradients,
                weight,
                gradients,
                bias,
                dx,
                0);
    }
}
