package io.gradstream.benchmarks.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.transformer.ScaledDotProductAttentionBlock;
import ai.djl.training.ParameterStore;
import io.gradstream.model.Batch;
import io.gradstream.model.InputSpec;
import io.gradstream.model.Learner;
import io.gradstream.model.ModelSpec;
import io.gradstream.model.Scorer;
import io.gradstream.model.SequenceInput;
import io.gradstream.model.Task;
import io.gradstream.model.layers.Attention;
import io.gradstream.model.layers.Linear;
import io.gradstream.model.layers.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Forward passes beside libtorch: a multi-head self-attention layer with its projections, and the MLP for one example and for many. */
final class ForwardPasses {
    private ForwardPasses() {}

    static List<Duel> attention(long seed) {
        List<Duel> duels = new ArrayList<>();
        for (int steps : new int[] {32, 64, 128, 512}) {
            int width = steps == 32 ? 64 : 256;
            float[] x = DuelParts.normal(new Random(seed), steps * width);
            ModelSpec spec = DuelParts.spec(
                    List.of(new SequenceInput("x", steps, width)),
                    Task.REGRESSION,
                    1,
                    new Attention(4),
                    new Pool(),
                    new Linear(1));
            SequentialBlock block = new SequentialBlock()
                    .add(ScaledDotProductAttentionBlock.builder()
                            .setEmbeddingSize(width)
                            .setHeadCount(4)
                            .optAttentionProbsDropoutProb(0)
                            .build())
                    .add(new LambdaBlock(
                            out -> new NDList(out.singletonOrThrow().mean(new int[] {1}))))
                    .add(DuelParts.linear(1));
            String name = "4 heads, " + steps + " steps of " + width;
            duels.add(new Duel(
                    name, 1, ours(spec, x, new int[] {steps}, 1), torch(block, x, new Shape(1, steps, width))));
        }
        return duels;
    }

    static List<Duel> mlp(long seed) {
        List<Duel> duels = new ArrayList<>();
        for (int batch : new int[] {1, 64}) {
            float[] x = DuelParts.normal(new Random(seed), batch * 40);
            ModelSpec spec = DuelParts.spec(
                    List.of(new InputSpec.NumbersInput("x", 40, false)),
                    Task.BINARY,
                    64,
                    new Linear(256),
                    new io.gradstream.model.layers.Activation.Relu(),
                    new Linear(128),
                    new io.gradstream.model.layers.Activation.Relu(),
                    new Linear(1));
            SequentialBlock block = new SequentialBlock()
                    .add(DuelParts.linear(256))
                    .add(Activation.reluBlock())
                    .add(DuelParts.linear(128))
                    .add(Activation.reluBlock())
                    .add(DuelParts.linear(1))
                    .add(Activation.sigmoidBlock());
            duels.add(new Duel(
                    "score MLP 40-256-128-1, batch " + batch,
                    batch,
                    ours(spec, x, new int[0], batch),
                    torch(block, x, new Shape(batch, 40))));
        }
        return duels;
    }

    private static Runnable ours(ModelSpec spec, float[] x, int[] ids, int rows) {
        io.gradstream.model.Model model = Learner.create(spec).model();
        Scorer scorer = model.scorer(rows);
        scorer.use(model);
        Batch batch = new Batch(spec.layout(), rows);
        for (int row = 0; row < rows; row++) {
            batch.add(x, row * spec.layout().numbers(), ids, 0);
        }
        float[] out = new float[rows * model.outputs()];
        return () -> scorer.score(batch, out);
    }

    private static Runnable torch(Block block, float[] x, Shape shape) {
        NDManager manager = NDManager.newBaseManager("PyTorch");
        block.initialize(manager, DataType.FLOAT32, shape);
        block.freezeParameters(true);
        NDArray input = manager.create(x, shape);
        ParameterStore store = new ParameterStore(manager, false);
        return () -> {
            try (NDManager call = manager.newSubManager()) {
                NDList in = new NDList(input);
                in.tempAttach(call);
                // Reading the result waits for it, and copies it out as a caller would.
                block.forward(store, in, false).singletonOrThrow().toFloatArray();
            }
        };
    }
}
