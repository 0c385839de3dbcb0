package io.gradstream.model;

import io.gradstream.model.InputSpec.NumbersInput;
import io.gradstream.model.layers.Activation;
import io.gradstream.model.layers.Linear;
import io.gradstream.model.optimizers.OptimizerSpec;
import io.gradstream.model.parameters.Parameter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Five steps of whole models against PyTorch: the loss of each, and the weights after the last. */
class TrainingGoldenTest {
    @Test
    void logisticRegression() {
        List<InputSpec> inputs = List.of(new NumbersInput("x", 11, false));
        List<NodeSpec> layers = List.of(NodeSpec.of("linear", new Linear(1)));
        train(
                "logistic_regression_sgd",
                ModelSpec.of(inputs, layers, Task.BINARY, new OptimizerSpec.Sgd(0.5f, 0, false)),
                Map.of("linear.weight", "weight", "linear.bias", "bias"));
    }

    @Test
    void mlp() {
        List<InputSpec> inputs = List.of(new NumbersInput("x", 13, false));
        List<NodeSpec> layers = List.of(
                NodeSpec.of("first", new Linear(32)),
                NodeSpec.of("relu", new Activation.Relu()),
                NodeSpec.of("second", new Linear(16)),
                NodeSpec.of("tanh", new Activation.Tanh()),
                NodeSpec.of("third", new Linear(3)));
        Map<String, String> names = new LinkedHashMap<>();
        names.put("first", "0");
        names.put("second", "2");
        names.put("third", "4");
        train(
                "mlp_adam",
                ModelSpec.of(inputs, layers, Task.MULTICLASS, new OptimizerSpec.Adam(0.01f, 0.9f, 0.999f, 1e-8f)),
                ofLayers(names));
    }

    private static Map<String, String> ofLayers(Map<String, String> layers) {
        Map<String, String> names = new LinkedHashMap<>();
        layers.forEach((ours, theirs) -> {
            names.put(ours + ".weight", theirs + ".weight");
            names.put(ours + ".bias", theirs + ".bias");
        });
        return names;
    }

    private static void train(String name, ModelSpec spec, Map<String, String> names) {
        Golden golden = Golden.of("train_" + name);
        int batch = golden.shape("in.x0")[0];
        Learner learner = Learner.create(spec.withBatchSize(batch));
        for (Parameter parameter : learner.state().compiled().layout().parameters()) {
            float[] values = ours(golden, "param." + names.get(parameter.name()), parameter);
            System.arraycopy(values, 0, learner.state().weights().dense(), parameter.at(), parameter.size());
        }
        float[] losses = golden.floats("out.losses");
        for (int step = 0; step < losses.length; step++) {
            learn(golden, learner, step, batch);
            golden.check("loss " + step, new float[] {learner.lastLoss()}, new float[] {losses[step]}, 1e-5);
        }
        for (Parameter parameter : learner.state().compiled().layout().parameters()) {
            float[] came = Arrays.copyOfRange(
                    learner.state().weights().dense(), parameter.at(), parameter.at() + parameter.size());
            float[] wanted = ours(golden, "out.param." + names.get(parameter.name()), parameter);
            golden.check(parameter.name(), came, wanted, 1e-4);
        }
        golden.report();
    }

    private static void learn(Golden golden, Learner learner, int step, int batch) {
        boolean tokens = golden.isInts("in.x" + step);
        float[] x = tokens ? new float[0] : golden.floats("in.x" + step);
        int[] ids = tokens ? golden.ints("in.x" + step) : new int[0];
        float[] y = golden.numbers("in.y" + step);
        for (int row = 0; row < batch; row++) {
            learner.learn(x, row * x.length / batch, ids, row * ids.length / batch, y[row], 1);
        }
    }

    /** PyTorch's values in our layout: matrices of linear layers transposed. */
    private static float[] ours(Golden golden, String tensor, Parameter parameter) {
        boolean matrix = golden.shape(tensor).length == 2 && parameter.name().endsWith(".weight");
        return matrix ? golden.transposed(tensor) : golden.floats(tensor);
    }
}
