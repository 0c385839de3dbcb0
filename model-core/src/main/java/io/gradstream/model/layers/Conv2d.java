package io.gradstream.model.layers;

import io.gradstream.model.parameters.Filling;
import io.gradstream.model.parameters.Parameter;
import io.gradstream.model.parameters.PyTorchLayout;
import io.gradstream.model.spec.Default;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;
import java.util.List;

/**
 * A convolution over an image: (height, width, channels in) becomes (height', width', channels), where size' = (size + 2 padding -
 * kernel) / stride + 1, rounded down. Its weights are (channels, kernel height, kernel width, channels in).
 *
 * @param channels of the output
 * @param kernel height and width of the kernel; one number for both
 * @param stride how far the kernel moves
 * @param padding zeros around the image
 * @param bias whether to add a learned bias
 * @param init first values of the weights; the bias starts at 0
 */
@Kind("conv2d")
@Doc("A convolution over an image, (height, width, channels).")
public record Conv2d(
        @Doc("Channels of its output, at least 1.") int channels,

        @Doc("Height and width of the kernel; one number for both.")
        List<Integer> kernel,

        @Doc("How far the kernel moves, at least 1.") @Default("1")
        int stride,

        @Doc("Zeros around the image, 0 or more.") @Default("0")
        int padding,

        @Doc("Whether to add a learned bias.") @Default("true")
        boolean bias,

        @Doc("First values of the weights; the bias starts at 0.") @Default("kaiming-uniform")
        Init init)
        implements LayerSpec {
    public Conv2d {
        Rules.atLeastOne("channels", channels);
        kernel = Rules.oneOrTwo("kernel", kernel);
        Rules.atLeastOne("stride", stride);
        Rules.notNegative("padding", padding);
    }

    /** A square kernel that moves by 1, with a bias. */
    public Conv2d(int channels, int kernel, int padding) {
        this(channels, List.of(kernel), 1, padding, true, Init.KAIMING_UNIFORM);
    }

    @Override
    public Declared declare(Site site) {
        int kernelHeight = kernel.get(0);
        int kernelWidth = kernel.get(kernel.size() - 1);
        Window window = Window.overImage(site, kernelHeight, kernelWidth, stride, padding);
        Filling filling = init.filling(window.patch, Math.multiplyExact(kernelHeight * kernelWidth, channels));
        Parameter weight = site.parameter(
                "weight", PyTorchLayout.CHANNELS_LAST, filling, channels, kernelHeight, kernelWidth, window.channels);
        Parameter bias = this.bias ? site.parameter("bias", Filling.ZEROS, channels) : null;
        return site.output(window.outShape(channels), room -> new Convolution(window, weight, bias, room));
    }
}
