package io.gradstream.model;

import io.gradstream.model.layers.Flatten;
import io.gradstream.model.layers.Linear;
import io.gradstream.model.optimizers.OptimizerSpec;
import io.gradstream.model.parameters.Parameter;
import io.gradstream.model.parameters.ParameterLayout;
import io.gradstream.model.parameters.PyTorchLayout;
import io.gradstream.model.parameters.Shape;
import io.gradstream.model.parameters.SparseTable;
import io.gradstream.model.parameters.Statistic;
import io.gradstream.model.parameters.Table;
import io.gradstream.model.parameters.Weights;
import io.gradstream.model.snapshots.Safetensors;
import io.gradstream.model.snapshots.SnapshotException;
import io.gradstream.model.snapshots.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Takes the first weights of a model from a state dictionary of PyTorch, saved as safetensors with F32 tensors.
 *
 * <p>Each of our names is that of a parameter, a table or a statistic ({@code hidden.weight}), and stands for one tensor; or it is that of
 * a layer ({@code hidden}), and stands for all of these that the layer has: {@code hidden: fc1} takes {@code hidden.weight} from
 * {@code fc1.weight}. What is not named keeps its value. Where PyTorch lays numbers out in another order, they are put into ours: the
 * matrices of linear and recurrent layers, the kernels of convolutions, and the inputs of a linear layer behind a flattened image, which
 * PyTorch has channels first.
 */
public final class PyTorchWeights {
    private final Learner learner;
    private final Safetensors file;
    private final List<Runnable> changes = new ArrayList<>();

    private PyTorchWeights(Learner learner, Safetensors file) {
        this.learner = learner;
        this.file = file;
    }

    /**
     * Gives a learner that has not learned anything the weights of a file.
     *
     * @param names PyTorch's name for each of ours
     * @throws SnapshotException if the file is none, or lacks a tensor, or has one of another shape or type, or one that is not finite;
     *     nothing has changed then
     * @throws IllegalArgumentException if the model has no such name; if the learner has learned already; or if its optimizer is FTRL,
     *     which keeps the weights in sums of its own
     */
    public static void load(Learner learner, byte[] safetensors, Map<String, String> names) throws SnapshotException {
        if (learner.steps() > 0 || learner.pending() > 0) {
            throw new IllegalArgumentException(
                    "weights are loaded before anything is learned; wanted 0 steps and no pending row, came "
                            + learner.steps() + " and " + learner.pending());
        }
        if (learner.spec().optimizer() instanceof OptimizerSpec.Ftrl) {
            throw new IllegalArgumentException("weights cannot be loaded with ftrl, which keeps sums instead of them");
        }
        PyTorchWeights weights = new PyTorchWeights(learner, Safetensors.read(safetensors));
        for (Map.Entry<String, String> name : names.entrySet()) {
            weights.add(name.getKey(), name.getValue());
        }
        weights.changes.forEach(Runnable::run);
    }

    private void add(String ours, String theirs) throws SnapshotException {
        ParameterLayout layout = learner.state().compiled().layout();
        int before = changes.size();
        for (Parameter parameter : layout.parameters()) {
            if (matches(ours, parameter.name())) {
                add(parameter, theirs + rest(ours, parameter.name()));
            }
        }
        for (Table table : layout.tables()) {
            if (matches(ours, table.name())) {
                add(table, ours.equals(table.name()) ? theirs : theirs + ".weight");
            }
        }
        for (Statistic statistic : layout.statistics()) {
            if (matches(ours, statistic.name())) {
                add(statistic, theirs + rest(ours, statistic.name()));
            }
        }
        if (changes.size() == before) {
            throw new IllegalArgumentException("the model has no layer or weights '" + ours + "'; wanted one of "
                    + layout.parameters().stream().map(Parameter::name).toList());
        }
    }

    private static boolean matches(String ours, String name) {
        return name.equals(ours) || name.startsWith(ours + ".");
    }

    private static String rest(String ours, String name) {
        return name.substring(ours.length());
    }

    private void add(Parameter parameter, String theirs) throws SnapshotException {
        float[] values = read(theirs, parameter.name(), parameter.pyTorch().theirs(parameter.shape()));
        float[] ours = channelsLast(parameter, parameter.pyTorch().ours(values, parameter.shape()));
        Weights weights = learner.state().weights();
        changes.add(() -> System.arraycopy(ours, 0, weights.dense(), parameter.at(), ours.length));
    }

    private void add(Table table, String theirs) throws SnapshotException {
        float[] values = read(theirs, table.name(), Shape.of(table.rows(), table.width()));
        SparseTable rows = learner.state().weights().table(table.index());
        changes.add(() -> {
            for (int row = 0; row < table.rows(); row++) {
                int place = rows.touch(row);
                System.arraycopy(values, row * table.width(), rows.values(place), rows.at(place), table.width());
            }
        });
    }

    private void add(Statistic statistic, String theirs) throws SnapshotException {
        float[] values = read(theirs, statistic.name(), Shape.of(statistic.size()));
        Weights weights = learner.state().weights();
        changes.add(() -> {
            for (int i = 0; i < values.length; i++) {
                weights.statistics()[statistic.at() + i] = values[i];
            }
            weights.statisticsChanged();
        });
    }

    private float[] read(String theirs, String ours, Shape shape) throws SnapshotException {
        if (!file.has(theirs)) {
            throw new SnapshotException("the file has no tensor '" + theirs + "', wanted for '" + ours + "'; it has "
                    + file.tensors().stream().map(Tensor::name).toList());
        }
        Tensor tensor = file.tensor(theirs);
        Shape came = Shape.of(tensor.shape());
        if (!came.equals(shape)) {
            throw new SnapshotException("tensor '" + theirs + "' does not fit '" + ours + "': wanted " + shape
                    + " in the file, came " + came);
        }
        float[] values = tensor.floats();
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new SnapshotException("tensor '" + theirs + "' for '" + ours + "' has " + value);
            }
        }
        return values;
    }

    /** The rows of a linear layer's matrix in the order of our pixels, if it reads a flattened image. */
    private float[] channelsLast(Parameter parameter, float[] values) {
        Blueprint blueprint = learner.state().compiled().blueprint();
        List<NodeSpec> nodes = learner.spec().layers();
        for (int i = 0; i < nodes.size(); i++) {
            if (parameter.name().equals(nodes.get(i).name() + ".weight")
                    && nodes.get(i).layer() instanceof Linear) {
                Shape image = flattened(blueprint, nodes, i);
                return image == null ? values : channelsLast(values, image);
            }
        }
        return values;
    }

    /** The rank 3 shape of what the layer reads before it was flattened; null if it was not. */
    private static Shape flattened(Blueprint blueprint, List<NodeSpec> nodes, int node) {
        int read = blueprint.nodes().get(node).reads()[0];
        while (read >= blueprint.inputs()) {
            int producer = read - blueprint.inputs();
            int[] reads = blueprint.nodes().get(producer).reads();
            Shape before = blueprint.signals().get(reads[0]).shape();
            if (nodes.get(producer).layer() instanceof Flatten) {
                return before.rank() == 3 ? before : null;
            }
            if (reads.length > 1
                    || !before.equals(blueprint.signals().get(read).shape())
                    || nodes.get(producer).layer() instanceof Linear) {
                return null;
            }
            read = reads[0];
        }
        return null;
    }

    private static float[] channelsLast(float[] matrix, Shape image) {
        int units = matrix.length / image.size();
        float[] byChannels = PyTorchLayout.transposed(matrix, 1, image.size(), units);
        float[] byPixels = PyTorchLayout.transposed(byChannels, units, image.last(), image.size() / image.last());
        return PyTorchLayout.transposed(byPixels, 1, units, image.size());
    }
}
