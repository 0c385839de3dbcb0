package io.gradstream.benchmarks.peers;

import ai.djl.nn.core.Linear;
import io.gradstream.model.InputSpec;
import io.gradstream.model.ModelSpec;
import io.gradstream.model.NodeSpec;
import io.gradstream.model.Task;
import io.gradstream.model.layers.LayerSpec;
import io.gradstream.model.optimizers.OptimizerSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What duels are made of: equal models for both sides, and rows drawn from a seed. */
final class DuelParts {
    private DuelParts() {}

    static Duel duel(String name, ModelSpec spec, float[] x, int[] ids, float[] y, Runnable torch) {
        return new Duel(name, y.length, new OurStep(spec, x, ids, y), torch);
    }

    /** Layers one after another, plain SGD. */
    static ModelSpec spec(List<InputSpec> inputs, Task task, int batch, LayerSpec... layers) {
        List<NodeSpec> nodes = new ArrayList<>();
        for (LayerSpec layer : layers) {
            nodes.add(NodeSpec.of("layer-" + nodes.size(), layer));
        }
        return ModelSpec.of(inputs, nodes, task, new OptimizerSpec.Sgd(0.01f, 0, false))
                .withBatchSize(batch);
    }

    static Linear linear(int units) {
        return Linear.builder().setUnits(units).build();
    }

    static float[] normal(Random random, int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    static float[] bits(Random random, int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = random.nextInt(2);
        }
        return values;
    }
}
