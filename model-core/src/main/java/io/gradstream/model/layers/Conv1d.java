package io.gradstream.model.layers;

import io.gradstream.model.parameters.Filling;
import io.gradstream.model.parameters.Parameter;
import io.gradstream.model.parameters.PyTorchLayout;
import io.gradstream.model.parameters.Shape;
import io.gradstream.model.spec.Default;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;

/**
 * A convolution over a sequence: (steps, width) becomes (steps', channels), where steps' = (steps + 2 padding - kernel) / stride + 1,
 * rounded down. Where a row has fewer steps, those behind its end count as zeros, and the same formula gives the steps of its output, 0
 * where the kernel does not fit or there is no step at all. Its weights are (channels, kernel, width).
 *
 * @param channels of the output
 * @param kernel steps that each output reads
 * @param stride how far the kernel moves
 * @param padding zeros before and behind the sequence
 * @param bias whether to add a learned bias
 * @param init first values of the weights; the bias starts at 0
 */
@Kind("conv1d")
@Doc("A convolution over a sequence, (steps, width).")
public record Conv1d(
        @Doc("Channels of its output, at least 1.") int channels,
        @Doc("Steps that each output reads, at least 1.") int kernel,

        @Doc("How far the kernel moves, at least 1.") @Default("1")
        int stride,

        @Doc("Zeros before and behind the sequence, 0 or more.") @Default("0")
        int padding,

        @Doc("Whether to add a learned bias.") @Default("true")
        boolean bias,

        @Doc("First values of the weights; the bias starts at 0.") @Default("kaiming-uniform")
        Init init)
        implements LayerSpec {
    public Conv1d {
        Rules.atLeastOne("channels", channels);
        Rules.atLeastOne("kernel", kernel);
        Rules.atLeastOne("stride", stride);
        Rules.notNegative("padding", padding);
    }

    /** With a bias. */
    public Conv1d(int channels, int kernel, int stride, int padding) {
        this(channels, kernel, stride, padding, true, Init.KAIMING_UNIFORM);
    }

    @Override
    public Declared declare(Site site) {
        Window window = Window.overSteps(site, kernel, stride, padding);
        Filling filling = init.filling(window.patch, Math.multiplyExact(kernel, channels));
        Parameter weight =
                site.parameter("weight", PyTorchLayout.CHANNELS_LAST, filling, channels, kernel, window.channels);
        Parameter bias = this.bias ? site.parameter("bias", Filling.ZEROS, channels) : null;
        return site.outputWithStepsOfItsOwn(
                Shape.of(window.outWidth, channels), room -> new Convolution(window, weight, bias, room));
    }
}
