package io.gradstream.model.layers;

import io.gradstream.model.kernels.ActivationKernels;
import io.gradstream.model.parameters.Filling;
import io.gradstream.model.parameters.Parameter;
import io.gradstream.model.parameters.PyTorchLayout;

/** Two linear layers with an activation between them, step by step (Vaswani et al. 2017, section 3.3). */
final class FeedForward implements Piece {
    private final HiddenActivation function;
    private final Projection first;
    private final Projection second;
    private final int perRow;
    private final float[] hidden;
    private final float[] active;
    private final float[] change;
    private final Mask mask;

    /** Called as PyTorch calls them; the matrices are its transposed. */
    record Parameters(Parameter weight1, Parameter bias1, Parameter weight2, Parameter bias2) {
        static Parameters declare(Site site, String prefix, int width, int hidden) {
            Filling filling = Init.XAVIER_UNIFORM.filling(width, hidden);
            return new Parameters(
                    site.parameter(prefix + "linear1.weight", PyTorchLayout.TRANSPOSED, filling, width, hidden),
                    site.parameter(prefix + "linear1.bias", Filling.ZEROS, hidden),
                    site.parameter(prefix + "linear2.weight", PyTorchLayout.TRANSPOSED, filling, hidden, width),
                    site.parameter(prefix + "linear2.bias", Filling.ZEROS, width));
        }
    }

    /** With a mask over the hidden values, or none if that is null. */
    FeedForward(Parameters parameters, HiddenActivation function, int vectors, Mask mask, Room room) {
        int width = parameters.weight1.shape().dim(0);
        int middle = parameters.weight1.shape().last();
        this.function = function;
        this.first = new Projection(vectors, width, middle, parameters.weight1.at(), middle, parameters.bias1.at());
        this.second = new Projection(vectors, middle, width, parameters.weight2.at(), width, parameters.bias2.at());
        this.perRow = Math.multiplyExact(vectors, middle);
        this.hidden = room.perRow(perRow);
        this.active = room.perRow(perRow);
        this.change = room.learns() ? room.perRow(perRow) : null;
        this.mask = mask;
    }

    /** y (batch, width) = f(x . W1 + b1) (batch, hidden) . W2 + b2 */
    @Override
    public void forward(Pass pass, float[] x, float[] y) {
        int n = pass.batch() * perRow;
        first.forward(pass, x, hidden);
        switch (function) {
            case RELU -> ActivationKernels.relu(hidden, 0, active, 0, n);
            case GELU -> ActivationKernels.gelu(hidden, 0, active, 0, n);
        }
        if (mask != null) {
            mask.drop(pass, active, n);
        }
        second.forward(pass, active, y);
    }

    /** dW2, db2; dHidden = dy . W2T f'; dW1, db1; dx = dHidden . W1T */
    @Override
    public void backward(Pass pass, float[] x, float[] dy, float[] dx) {
        int n = pass.batch() * perRow;
        second.addGradients(pass, active, dy);
        second.inputGradient(pass, dy, change);
        if (mask != null) {
            mask.dropGradient(change, n);
        }
        switch (function) {
            case RELU -> ActivationKernels.reluBackward(hidden, 0, change, 0, change, 0, n);
            case GELU -> ActivationKernels.geluBackward(hidden, 0, change, 0, change, 0, n);
        }
        first.addGradients(pass, x, change);
        first.inputGradient(pass, change, dx);
    }
}
