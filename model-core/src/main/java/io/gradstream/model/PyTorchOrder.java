package io.gradstream.model;

import io.gradstream.model.layers.Activation;
import io.gradstream.model.layers.BatchNorm;
import io.gradstream.model.layers.Bias;
import io.gradstream.model.layers.Concat;
import io.gradstream.model.layers.Conv1d;
import io.gradstream.model.layers.CrossNetwork;
import io.gradstream.model.layers.Dropout;
import io.gradstream.model.layers.Fill;
import io.gradstream.model.layers.Flatten;
import io.gradstream.model.layers.LayerNorm;
import io.gradstream.model.layers.LayerSpec;
import io.gradstream.model.layers.Linear;
import io.gradstream.model.layers.Standardise;
import io.gradstream.model.layers.Sum;
import io.gradstream.model.parameters.Parameter;
import io.gradstream.model.parameters.PyTorchLayout;
import io.gradstream.model.parameters.Shape;
import io.gradstream.model.parameters.Statistic;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * In which order PyTorch has the numbers of each vector of a model, where it is not ours: behind a flattened image, or a flattened sequence
 * that a conv1d made, which PyTorch has channels first, (channels, height, width) or (channels, steps), and we have channels last.
 *
 * <p>The order goes on through layers that work number by number or on the whole vector, and through concat; it ends at a linear layer,
 * whose rows take it. What such a layer keeps for each number of the vector is put into our order. A sequence that anything else made, as an
 * embedding or a recurrent layer, is (steps, width) in both.
 */
final class PyTorchOrder {
    /** Layers whose output has the numbers in the places of their input. */
    private static final Set<Class<? extends LayerSpec>> KEEPING = Set.of(
            Activation.Relu.class,
            Activation.LeakyRelu.class,
            Activation.Sigmoid.class,
            Activation.Tanh.class,
            Activation.Silu.class,
            Activation.Gelu.class,
            Activation.Softmax.class,
            Activation.LogSoftmax.class,
            BatchNorm.class,
            Bias.class,
            CrossNetwork.class,
            Dropout.class,
            Fill.class,
            LayerNorm.class,
            Standardise.class,
            Sum.class);

    private final Blueprint blueprint;
    private final List<NodeSpec> layers;
    /** For each signal: whether PyTorch has its channels before its steps, or before its height and width. */
    private final boolean[] channelsFirst;
    /** For each signal that is a vector: PyTorch's place of each of our numbers; null where it is the same. */
    private final int[][] orders;

    /**
     * Follows the order through a model.
     *
     * @throws IllegalArgumentException naming the layer that has no order in PyTorch which could be told
     */
    PyTorchOrder(Blueprint blueprint, List<NodeSpec> layers) {
        this.blueprint = blueprint;
        this.layers = layers;
        this.channelsFirst = new boolean[blueprint.signals().size()];
        this.orders = new int[channelsFirst.length][];
        for (int i = 0; i < channelsFirst.length; i++) {
            channelsFirst[i] = shape(i).rank() == 3;
        }
        for (int i = 0; i < layers.size(); i++) {
            follow(i);
        }
    }

    private Shape shape(int signal) {
        return blueprint.signals().get(signal).shape();
    }

    private int[] reads(int node) {
        return blueprint.nodes().get(node).reads();
    }

    private void follow(int node) {
        LayerSpec layer = layers.get(node).layer();
        int[] reads = reads(node);
        int out = blueprint.inputs() + node;
        boolean keeps = KEEPING.contains(layer.getClass()) || layer instanceof Concat;
        channelsFirst[out] |= layer instanceof Conv1d || (keeps && channelsFirst[reads[0]]);
        if (layer instanceof Flatten) {
            orders[out] = flattened(reads[0]);
        } else if (layer instanceof Concat) {
            orders[out] = joined(reads);
        } else if (!(layer instanceof Linear) && Arrays.stream(reads).anyMatch(read -> orders[read] != null)) {
            orders[out] = kept(node, shape(out).size());
        }
    }

    /** Of (positions, channels), which PyTorch has as (channels, positions). */
    private int[] flattened(int signal) {
        Shape shape = shape(signal);
        if (shape.rank() == 1 || !channelsFirst[signal]) {
            return orders[signal];
        }
        int channels = shape.last();
        int[] order = new int[shape.size()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i % channels * shape.vectors() + i / channels;
        }
        return order;
    }

    private int[] joined(int... reads) {
        if (Arrays.stream(reads).allMatch(read -> orders[read] == null)) {
            return null;
        }
        int[] order =
                new int[Arrays.stream(reads).map(read -> shape(read).size()).sum()];
        int at = 0;
        for (int read : reads) {
            int size = shape(read).size();
            for (int i = 0; i < size; i++) {
                order[at + i] = at + (orders[read] == null ? i : orders[read][i]);
            }
            at += size;
        }
        return order;
    }

    /** The one order of all inputs; twice that of the numbers where a column each says whether they were missing. */
    private int[] kept(int node, int size) {
        int[] reads = reads(node);
        int[] order = orders[reads[0]];
        boolean one = Arrays.stream(reads).allMatch(read -> Arrays.equals(orders[read], order));
        if (!one || !KEEPING.contains(layers.get(node).layer().getClass())) {
            throw new IllegalArgumentException(blueprint.nodes().get(node).place()
                    + ": weights of PyTorch wanted inputs in one order, of a layer that keeps it, came a flattened image"
                    + " or conv1d, which PyTorch has channels first");
        }
        return size == order.length ? order : joined(reads[0], reads[0]);
    }

    /** What a layer keeps for each number that it reads, in our order; of a matrix (in, out), the rows. */
    float[] ours(int node, Parameter parameter, float[] values) {
        int[] order = orders[reads(node)[0]];
        LayerSpec layer = layers.get(node).layer();
        boolean matrix = parameter.shape().rank() == 2;
        if (order == null || (layer instanceof Linear && !matrix)) {
            return values;
        }
        float[] rows = rows(values, order);
        if (!matrix || layer instanceof Linear) {
            return rows;
        }
        int n = order.length;
        return PyTorchLayout.transposed(rows(PyTorchLayout.transposed(rows, 1, n, n), order), 1, n, n);
    }

    /** Statistics in our order. */
    float[] ours(int node, Statistic statistic, float[] values) {
        int[] order = orders[reads(node)[0]];
        return order == null || order.length != statistic.size() ? values : rows(values, order);
    }

    private static float[] rows(float[] matrix, int[] order) {
        int width = matrix.length / order.length;
        float[] out = new float[matrix.length];
        for (int i = 0; i < order.length; i++) {
            System.arraycopy(matrix, order[i] * width, out, i * width, width);
        }
        return out;
    }
}
