package io.gradstream.model;

import io.gradstream.model.layers.Attention;
import io.gradstream.model.layers.Conv1d;
import io.gradstream.model.layers.Dropout;
import io.gradstream.model.layers.Flatten;
import io.gradstream.model.layers.Gru;
import io.gradstream.model.layers.HiddenActivation;
import io.gradstream.model.layers.Init;
import io.gradstream.model.layers.LayerNorm;
import io.gradstream.model.layers.LayerSpec;
import io.gradstream.model.layers.Linear;
import io.gradstream.model.layers.Lstm;
import io.gradstream.model.layers.NormPlace;
import io.gradstream.model.layers.Pool;
import io.gradstream.model.layers.Positions;
import io.gradstream.model.layers.RecurrentOutputs;
import io.gradstream.model.layers.Rnn;
import io.gradstream.model.layers.TransformerDecoder;
import io.gradstream.model.layers.TransformerEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Layers over the steps of a random model's sequences, which may look at those of the sequences before. */
final class RandomSteps {
    private final RandomSpec spec;
    private final Random random;
    private final int heads;
    /** Sequences of the width that attention has here. */
    private final List<String> memories = new ArrayList<>();

    private int count;

    RandomSteps(RandomSpec spec, Random random) {
        this.spec = spec;
        this.random = random;
        this.heads = 1 + random.nextInt(3);
    }

    /** Layers over up to so many steps, and one that makes a vector of them. */
    void over(int most) {
        count = most;
        boolean attends = random.nextBoolean();
        memories.add(spec.add(new Linear(2 * heads)));
        if (!attends) {
            spec.add(new Linear(spec.size()));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            if (attends && random.nextBoolean()) {
                attending();
                memories.add(spec.last());
            } else {
                plain(attends ? 2 * heads : spec.size());
            }
        }
        end();
    }

    private void plain(int width) {
        switch (random.nextInt(7)) {
            case 0 -> spec.add(new Positions(spec.one(List.of(Positions.Vectors.values()))));
            case 1 -> spec.add(new LayerNorm());
            case 2 -> convolution(width);
            case 3 -> spec.add(recurrent(width + width % 2, RecurrentOutputs.ALL));
            case 4 -> spec.add(new Dropout(0.2f));
            case 5 -> spec.add(spec.activation());
            default -> spec.residual();
        }
    }

    private void convolution(int channels) {
        int padding = random.nextInt(3);
        int kernel = 1 + random.nextInt(Math.min(4, count + 2 * padding));
        int stride = 1 + random.nextInt(2);
        spec.add(new Conv1d(channels, kernel, stride, padding, random.nextBoolean(), Init.KAIMING_UNIFORM));
        count = (count + 2 * padding - kernel) / stride + 1;
    }

    /** Of an even width where it runs both ways. */
    private LayerSpec recurrent(int width, RecurrentOutputs outputs) {
        boolean both = width % 2 == 0 && random.nextBoolean();
        int units = both ? width / 2 : width;
        int layers = 1 + random.nextInt(2);
        return switch (random.nextInt(3)) {
            case 0 -> new Rnn(units, layers, both, outputs);
            case 1 -> new Lstm(units, layers, both, outputs);
            default -> new Gru(units, layers, both, outputs);
        };
    }

    private void attending() {
        HiddenActivation activation = spec.one(List.of(HiddenActivation.values()));
        NormPlace norm = spec.one(List.of(NormPlace.values()));
        Optional<Float> dropout = Optional.of(random.nextInt(3) * 0.1f);
        int blocks = 1 + random.nextInt(2);
        boolean causal = random.nextBoolean();
        switch (random.nextInt(4)) {
            case 0 -> spec.add(new Attention(heads, causal, dropout));
            case 1 -> spec.add(new Attention(heads, false, dropout), spec.one(memories));
            case 2 ->
                spec.add(new TransformerEncoder(blocks, heads, spec.size(), activation, norm, dropout.get(), causal));
            default ->
                spec.add(
                        new TransformerDecoder(blocks, heads, spec.size(), activation, norm, dropout.get(), causal),
                        spec.one(memories));
        }
    }

    private void end() {
        switch (random.nextInt(4)) {
            case 0, 1 -> spec.add(new Pool(spec.one(List.of(Pool.How.values()))));
            case 2 -> spec.add(recurrent(spec.size(), RecurrentOutputs.LAST));
            default -> spec.add(new Flatten());
        }
    }
}
