package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.model.layers.Embedding;
import io.gradstream.model.layers.HiddenActivation;
import io.gradstream.model.layers.Init;
import io.gradstream.model.layers.LayerNorm;
import io.gradstream.model.layers.LayerSpec;
import io.gradstream.model.layers.Linear;
import io.gradstream.model.layers.Lstm;
import io.gradstream.model.layers.NormPlace;
import io.gradstream.model.layers.Pool;
import io.gradstream.model.layers.Positions;
import io.gradstream.model.layers.Signal;
import io.gradstream.model.layers.TransformerEncoder;
import io.gradstream.model.losses.CrossEntropy;
import io.gradstream.model.losses.Loss;
import io.gradstream.model.optimizers.Clipping;
import io.gradstream.model.optimizers.Optimizer;
import io.gradstream.model.optimizers.OptimizerSpec;
import io.gradstream.model.optimizers.Regularisation;
import io.gradstream.model.optimizers.ScheduleSpec;
import io.gradstream.model.parameters.Parameter;
import io.gradstream.model.parameters.Shape;
import io.gradstream.model.snapshots.SnapshotException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Five steps of whole models over sequences against PyTorch: the loss of each, and the weights after the last. */
class SequenceTrainingGoldenTest {
    private static final double LOSS_BOUND = 1e-5;
    private static final double WEIGHT_BOUND = 1e-4;
    private static final int BATCH = 8;

    @Test
    void lstmClassifier() throws Exception {
        List<NodeSpec> layers = List.of(NodeSpec.of("lstm", new Lstm(12)), NodeSpec.of("fc", new Linear(2)));
        OptimizerSpec adam = new OptimizerSpec.Adam(0.01f, 0.9f, 0.999f, 1e-8f);
        train(
                "lstm_classifier_adam",
                ModelSpec.of(List.of(new SequenceInput("x", 9, 6)), layers, Task.MULTICLASS, adam));
    }

    @Test
    void transformerClassifier() throws Exception {
        LayerSpec block = new TransformerEncoder(1, 2, 32);
        List<NodeSpec> layers = List.of(
                NodeSpec.of("tok", dense(16)),
                NodeSpec.of("pos", new Positions(Positions.Vectors.LEARNED)),
                NodeSpec.of("block", block),
                NodeSpec.of("mean", new Pool()),
                NodeSpec.of("fc", new Linear(4)));
        List<InputSpec> inputs = List.of(new TokensInput("ids", 23, 10));
        train("transformer_classifier_adamw", ModelSpec.of(inputs, layers, Task.MULTICLASS, adamW()));
    }

    /** Each step of a row has a target of its own, which no task has yet; so the loss is taken over all steps here. */
    @Test
    void causalLanguageModel() {
        Golden golden = Golden.of("train_causal_lm_adamw");
        Signal ids = Signal.ids("ids", Shape.of(8), List.of(new Signal.Categories("ids", 17)), false);
        LayerSpec block = new TransformerEncoder(1, 4, 64, HiddenActivation.GELU, NormPlace.PRE, 0, true);
        LayerBench bench = new LayerBench(
                BATCH,
                List.of(ids),
                NodeSpec.of("tok", dense(16)),
                NodeSpec.of("pos", new Positions(Positions.Vectors.LEARNED)),
                NodeSpec.of("block", block),
                NodeSpec.of("norm", new LayerNorm()),
                NodeSpec.of("head", new Linear(17, false, Init.ZEROS)));
        for (Parameter parameter : bench.parameters()) {
            bench.set(parameter.name(), ours(golden, "param.", parameter));
        }
        Optimizer optimizer = new Optimizer(
                adamW(), new ScheduleSpec.Constant(), Clipping.NONE, Regularisation.NONE, bench.weights());
        Loss loss = new CrossEntropy().make(BATCH * 8, 17);
        float[] ones = new float[BATCH * 8];
        Arrays.fill(ones, 1);
        float[] gradient = new float[BATCH * 8 * 17];
        float[] losses = golden.floats("out.losses");
        for (int step = 0; step < losses.length; step++) {
            System.arraycopy(golden.ints("in.x" + step), 0, bench.input(0).ids(), 0, BATCH * 8);
            float[] targets = golden.numbers("in.y" + step);
            float mean = loss.evaluate(bench.forward(true), targets, ones, BATCH * 8, gradient);
            golden.check("loss " + step, new float[] {mean}, new float[] {losses[step]}, LOSS_BOUND);
            bench.backward(gradient);
            optimizer.step(step, bench.gradients(), List.of());
        }
        checkWeights(golden, bench.parameters(), bench.weights().dense());
    }

    private static Embedding dense(int dim) {
        return new Embedding(dim, Embedding.Combine.CONCAT, false, 1, List.of());
    }

    private static OptimizerSpec adamW() {
        return new OptimizerSpec.AdamW(0.01f, 0.9f, 0.999f, 1e-8f, 0.01f);
    }

    private static void train(String name, ModelSpec spec) throws IOException, SnapshotException {
        Golden golden = Golden.of("train_" + name);
        Learner learner = Learner.create(spec.withBatchSize(BATCH));
        List<Parameter> parameters = learner.state().compiled().layout().parameters();
        float[] dense = learner.state().weights().dense();
        load(name, learner, parameters);
        for (Parameter parameter : parameters) {
            float[] loaded = Arrays.copyOfRange(dense, parameter.at(), parameter.at() + parameter.size());
            assertThat(loaded).as(parameter.name()).isEqualTo(ours(golden, "param.", parameter));
        }
        float[] losses = golden.floats("out.losses");
        for (int step = 0; step < losses.length; step++) {
            learn(golden, learner, step);
            golden.check("loss " + step, new float[] {learner.lastLoss()}, new float[] {losses[step]}, LOSS_BOUND);
        }
        checkWeights(golden, parameters, dense);
    }

    /** Takes each weight from PyTorch's file by its name there. */
    private static void load(String name, Learner learner, List<Parameter> parameters)
            throws IOException, SnapshotException {
        Map<String, String> names = new HashMap<>();
        for (Parameter parameter : parameters) {
            names.put(parameter.name(), tensor("param.", parameter));
        }
        String file = "/goldens/train_" + name + ".safetensors";
        try (InputStream in = SequenceTrainingGoldenTest.class.getResourceAsStream(file)) {
            PyTorchWeights.load(learner, in.readAllBytes(), names);
        }
    }

    /** All rows have all steps; how many those are is the last id of a row. */
    private static void learn(Golden golden, Learner learner, int step) {
        String tensor = "in.x" + step;
        int[] shape = golden.shape(tensor);
        boolean tokens = golden.isInts(tensor);
        float[] x = tokens ? new float[0] : golden.floats(tensor);
        float[] y = golden.numbers("in.y" + step);
        int[] ids = new int[tokens ? shape[1] + 1 : 1];
        ids[ids.length - 1] = shape[1];
        for (int row = 0; row < BATCH; row++) {
            if (tokens) {
                System.arraycopy(golden.ints(tensor), row * shape[1], ids, 0, shape[1]);
            }
            learner.learn(x, row * x.length / BATCH, ids, 0, y[row], 1);
        }
    }

    private static void checkWeights(Golden golden, List<Parameter> parameters, float[] dense) {
        for (Parameter parameter : parameters) {
            float[] came = Arrays.copyOfRange(dense, parameter.at(), parameter.at() + parameter.size());
            golden.check(parameter.name(), came, ours(golden, "out.param.", parameter), WEIGHT_BOUND);
        }
        golden.report();
    }

    private static String tensor(String prefix, Parameter parameter) {
        return prefix + parameter.name().replace("layers.0.", "").replace("pos.weight", "pos");
    }

    /** PyTorch's values in our layout: all matrices but those of embeddings and positions transposed. */
    private static float[] ours(Golden golden, String prefix, Parameter parameter) {
        String tensor = tensor(prefix, parameter);
        boolean rows = parameter.name().startsWith("tok.") || parameter.name().startsWith("pos.");
        boolean matrix = golden.shape(tensor).length == 2 && !rows;
        return matrix ? golden.transposed(tensor) : golden.floats(tensor);
    }
}
