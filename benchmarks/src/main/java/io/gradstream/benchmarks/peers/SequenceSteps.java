package io.gradstream.benchmarks.peers;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.nn.transformer.TransformerEncoderBlock;
import ai.djl.training.loss.Loss;
import io.gradstream.model.InputSpec;
import io.gradstream.model.ModelSpec;
import io.gradstream.model.SequenceInput;
import io.gradstream.model.Task;
import io.gradstream.model.layers.HiddenActivation;
import io.gradstream.model.layers.Linear;
import io.gradstream.model.layers.Lstm;
import io.gradstream.model.layers.NormPlace;
import io.gradstream.model.layers.Pool;
import io.gradstream.model.layers.TransformerEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Whole training steps over sequences beside libtorch. */
final class SequenceSteps {
    private static final int BATCH = 32;

    private SequenceSteps() {}

    static List<Duel> lstm(long seed) {
        int steps = 16;
        int width = 16;
        Random random = new Random(seed);
        float[] x = DuelParts.normal(random, BATCH * steps * width);
        float[] y = DuelParts.bits(random, BATCH);
        SequentialBlock block = new SequentialBlock()
                .add(LSTM.builder()
                        .setStateSize(64)
                        .setNumLayers(1)
                        .optReturnState(false)
                        .optBatchFirst(true)
                        .build())
                .add(new LambdaBlock(out -> new NDList(out.singletonOrThrow().get(":, -1, :"))))
                .add(DuelParts.linear(1));
        ModelSpec spec = DuelParts.spec(inputs(steps, width), Task.BINARY, BATCH, new Lstm(64), new Linear(1));
        return List.of(duel("LSTM 16 -> 64, 16 steps, batch 32", spec, x, y, steps, width, block));
    }

    static List<Duel> transformer(long seed) {
        int steps = 32;
        int width = 64;
        Random random = new Random(seed);
        float[] x = DuelParts.normal(random, BATCH * steps * width);
        float[] y = DuelParts.bits(random, BATCH);
        SequentialBlock block = new SequentialBlock()
                .add(new TransformerEncoderBlock(width, 4, 256, 0, ai.djl.nn.Activation::relu))
                .add(new TransformerEncoderBlock(width, 4, 256, 0, ai.djl.nn.Activation::relu))
                .add(new LambdaBlock(out -> new NDList(out.singletonOrThrow().mean(new int[] {1}))))
                .add(DuelParts.linear(1));
        ModelSpec spec = DuelParts.spec(
                inputs(steps, width),
                Task.BINARY,
                BATCH,
                new TransformerEncoder(2, 4, 256, HiddenActivation.RELU, NormPlace.POST, 0, false),
                new Pool(),
                new Linear(1));
        return List.of(duel("Transformer 2 x 64, 32 steps, batch 32", spec, x, y, steps, width, block));
    }

    private static List<InputSpec> inputs(int steps, int width) {
        return List.of(new SequenceInput("x", steps, width));
    }

    private static Duel duel(
            String name, ModelSpec spec, float[] x, float[] y, int steps, int width, SequentialBlock block) {
        int[] lengths = new int[BATCH];
        Arrays.fill(lengths, steps);
        return DuelParts.duel(
                name,
                spec,
                x,
                lengths,
                y,
                new TorchStep(
                        block,
                        Loss.sigmoidBinaryCrossEntropyLoss(),
                        x,
                        new Shape(BATCH, steps, width),
                        y,
                        new Shape(BATCH, 1)));
    }
}
