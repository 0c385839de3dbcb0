package io.gradstream.model;

import io.gradstream.model.optimizers.OptimizerSpec;
import io.gradstream.model.parameters.Parameter;
import io.gradstream.model.parameters.ParameterLayout;
import io.gradstream.model.parameters.Shape;
import io.gradstream.model.parameters.SparseTable;
import io.gradstream.model.parameters.Statistic;
import io.gradstream.model.parameters.Table;
import io.gradstream.model.parameters.Weights;
import io.gradstream.model.snapshots.Safetensors;
import io.gradstream.model.snapshots.SnapshotException;
import io.gradstream.model.snapshots.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes the first weights of a model from a state dictionary of PyTorch, saved as safetensors with F32 tensors.
 *
 * <p>Each of our names is that of a parameter, a table or a statistic ({@code hidden.weight}), and stands for one tensor; or it is that of
 * a layer ({@code hidden}), and stands for all of these that the layer has: {@code hidden: fc1} takes {@code hidden.weight} from
 * {@code fc1.weight}. Of two names for one tensor the longer decides. What is not named keeps its value. Where PyTorch lays numbers out in
 * another order, they are put into ours: the matrices of linear and recurrent layers, the kernels of convolutions, and what layers keep for
 * each number of a flattened image, see {@link PyTorchOrder}.
 */
public final class PyTorchWeights {
    private final Learner learner;
    private final Safetensors file;
    private final Map<String, String> names;
    private final Blueprint blueprint;
    private final PyTorchOrder order;
    private final List<Runnable> changes = new ArrayList<>();

    private PyTorchWeights(Learner learner, Safetensors file, Map<String, String> names) {
        this.learner = learner;
        this.file = file;
        this.names = names;
        this.blueprint = learner.state().compiled().blueprint();
        this.order = new PyTorchOrder(blueprint, learner.spec().layers());
    }

    /**
     * Gives a learner that has not learned anything the weights of a file.
     *
     * @param names PyTorch's name for each of ours
     * @throws SnapshotException if the file is none, or lacks a tensor, or has one of another shape or type, or one that is not finite;
     *     nothing has changed then
     * @throws IllegalArgumentException if the model has no such name; if a layer joins numbers whose order in PyTorch differs; if the learner has learned already; or if its optimizer is FTRL,
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
        PyTorchWeights weights = new PyTorchWeights(learner, Safetensors.read(safetensors), names);
        weights.checkNames();
        weights.addAll();
        weights.changes.forEach(Runnable::run);
        learner.guard().ifPresent(guard -> guard.keep(0));
    }

    private void checkNames() {
        Set<String> tensors = blueprint.owners().keySet();
        for (String ours : names.keySet()) {
            if (tensors.stream().noneMatch(tensor -> claims(ours, tensor))) {
                throw new IllegalArgumentException("the model has no layer or weights '" + ours + "'; wanted one of "
                        + blueprint.layout().parameters().stream()
                                .map(Parameter::name)
                                .toList());
            }
        }
    }

    private void addAll() throws SnapshotException {
        ParameterLayout layout = blueprint.layout();
        for (Parameter parameter : layout.parameters()) {
            Optional<String> theirs = theirs(parameter.name(), "");
            if (theirs.isPresent()) {
                add(parameter, theirs.get());
            }
        }
        for (Table table : layout.tables()) {
            Optional<String> theirs = theirs(table.name(), "weight");
            if (theirs.isPresent()) {
                add(table, theirs.get());
            }
        }
        for (Statistic statistic : layout.statistics()) {
            Optional<String> theirs = theirs(statistic.name(), "");
            if (theirs.isPresent()) {
                add(statistic, theirs.get());
            }
        }
    }

    /** PyTorch's name for a tensor of ours; of its layer's name, with what follows ours, or with {@code suffix} where PyTorch has that. */
    private Optional<String> theirs(String tensor, String suffix) {
        Optional<String> longest =
                names.keySet().stream().filter(ours -> claims(ours, tensor)).max(Comparator.comparing(String::length));
        return longest.map(ours -> {
            String rest = tensor.substring(ours.length());
            return names.get(ours) + (rest.isEmpty() || suffix.isEmpty() ? rest : "." + suffix);
        });
    }

    /** Whether a name is the tensor's, or its layer's, or of a part of its layer. */
    private boolean claims(String ours, String tensor) {
        String layer = layer(tensor);
        return tensor.equals(ours)
                || (tensor.startsWith(ours + ".") && (ours.equals(layer) || ours.startsWith(layer + ".")));
    }

    private String layer(String tensor) {
        return learner.spec().layers().get(blueprint.owners().get(tensor)).name();
    }

    private void add(Parameter parameter, String theirs) throws SnapshotException {
        float[] values = read(theirs, parameter.name(), parameter.pyTorch().theirs(parameter.shape()));
        float[] ours = order.ours(
                blueprint.owners().get(parameter.name()),
                parameter,
                parameter.pyTorch().ours(values, parameter.shape()));
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
        float[] values = order.ours(
                blueprint.owners().get(statistic.name()),
                statistic,
                read(theirs, statistic.name(), Shape.of(statistic.size())));
        for (float value : values) {
            if (value < statistic.atLeast()) {
                throw new SnapshotException("tensor '" + theirs + "' for '" + statistic.name() + "': wanted at least "
                        + statistic.atLeast() + ", came " + value);
            }
        }
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
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new SnapshotException("tensor '" + theirs + "' for '" + ours + "': wanted finite numbers, came "
                        + values[i] + " at " + i);
            }
        }
        return values;
    }
}
