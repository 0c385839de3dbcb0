package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.model.layers.Attention;
import io.gradstream.model.layers.HiddenActivation;
import io.gradstream.model.layers.LayerSpec;
import io.gradstream.model.layers.Linear;
import io.gradstream.model.layers.NormPlace;
import io.gradstream.model.layers.Pool;
import io.gradstream.model.layers.TransformerEncoder;
import io.gradstream.model.optimizers.OptimizerSpec;
import io.gradstream.model.parameters.Filling;
import io.gradstream.model.parameters.Parameter;
import io.gradstream.model.spec.Json;
import io.gradstream.model.spec.SpecReader;
import io.gradstream.model.spec.SpecWriter;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dropout of the weights of attention: what PyTorch's MultiheadAttention does with them while learning, and nothing while scoring. */
class AttentionDropoutTest {
    private static final int BATCH = 3;
    private static final int WIDTH = 6;
    private static final int HEADS = 2;
    private static final float RATE = 0.3f;

    /** 70 steps are more than one block of queries. */
    @ParameterizedTest
    @CsvSource({"5, false", "5, true", "70, false", "70, true"})
    void weightsAreDroppedBehindTheSoftmax(int steps, boolean causal) {
        LayerBench bench = bench(steps, new Attention(HEADS, causal, Optional.of(RATE)));
        float[] mask = new float[BATCH * HEADS * steps * steps];
        Filling.generator(5, "layer/attention").fillMask(1 - RATE, 3L << 31, mask, 0, mask.length);
        Golden.of("mha_self_none").check("dropped", bench.forward(true), reference(bench, steps, causal, mask), 1e-5);
    }

    @Test
    void scoringDropsNothing() {
        float[] with = bench(5, new Attention(HEADS, true, Optional.of(RATE))).forward(false);
        float[] without = bench(5, new Attention(HEADS, true)).forward(true);
        assertThat(with).isEqualTo(without);
    }

    /** With a feed-forward network of zeros, a pre-norm block is x + drop(attention(norm(x))), whose weights are dropped as well. */
    @Test
    void theDropoutOfABlockIsAlsoOfItsAttention() {
        TransformerEncoder layer =
                new TransformerEncoder(1, HEADS, 1, HiddenActivation.RELU, NormPlace.PRE, RATE, false);
        LayerBench bench = bench(5, layer);
        bench.set("layer.layers.0.linear1.weight", new float[WIDTH]);
        bench.set("layer.layers.0.linear2.weight", new float[WIDTH]);
        bench.set("layer.layers.0.linear2.bias", new float[WIDTH]);
        float[] norm = normalised(bench);
        LayerBench inside = bench(5, new Attention(HEADS, false));
        for (Parameter parameter : inside.parameters()) {
            String of = "layer.layers.0.self_attn." + parameter.name().substring("layer.".length());
            inside.set(parameter.name(), values(bench, of));
        }
        inside.input(0, norm);
        float[] weights = new float[BATCH * HEADS * 5 * 5];
        Filling.generator(5, "layer/self 0").fillMask(1 - RATE, 3L << 31, weights, 0, weights.length);
        float[] wanted = reference(inside, 5, false, weights);
        float[] residual = new float[wanted.length];
        Filling.generator(5, "layer/residual 0.0").fillMask(1 - RATE, 3L << 31, residual, 0, residual.length);
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = bench.given(0)[i] + residual[i] * wanted[i];
        }
        Golden.of("transformer_encoder_prenorm").check("dropped", bench.forward(true), wanted, 1e-5);
    }

    @Test
    void withoutDropoutASpecReadsAndHashesAsBeforeThereWasAny() {
        NodeSpec node = NodeSpec.of("layer", new Attention(2, true, Optional.of(0f)));
        assertThat(Json.write(SpecWriter.tree(node)))
                .isEqualTo("{\"name\":\"layer\",\"layer\":\"attention\",\"heads\":2,\"causal\":true,\"inputs\":[]}");
        NodeSpec read = SpecReader.read(
                NodeSpec.class,
                Json.read("{\"name\": \"layer\", \"layer\": \"attention\", \"heads\": 2, \"causal\": true}"));
        assertThat(read).isEqualTo(node);
        List<InputSpec> inputs = List.of(new SequenceInput("steps", 4, 6));
        assertThat(spec(inputs, new Attention(2, true, Optional.of(0f))).hash())
                .isEqualTo(spec(inputs, new Attention(2, true)).hash());
        assertThat(spec(inputs, new Attention(2, true, Optional.of(0.1f)))
                        .difference(spec(inputs, new Attention(2, true))))
                .isPresent();
    }

    @Test
    void aRateIsChecked() {
        assertThatThrownBy(() -> new Attention(2, false, Optional.of(1f)))
                .hasMessage("dropout must be at least 0 and below 1, was 1.0");
        assertThatThrownBy(() -> new Attention(2, false, Optional.of(Float.NaN)))
                .hasMessage("dropout must be at least 0 and below 1, was NaN");
    }

    private static ModelSpec spec(List<InputSpec> inputs, Attention attention) {
        List<NodeSpec> layers = List.of(
                NodeSpec.of("looked", attention), NodeSpec.of("mean", new Pool()), NodeSpec.of("logit", new Linear(1)));
        return ModelSpec.of(inputs, layers, Task.BINARY, OptimizerSpec.adam(0.01f));
    }

    private static LayerBench bench(int steps, LayerSpec layer) {
        LayerBench bench =
                new LayerBench(BATCH, List.of(LayerBench.trained("x", steps, WIDTH)), NodeSpec.of("layer", layer));
        Random random = new Random(7);
        for (int i = 0; i < bench.given(0).length; i++) {
            bench.given(0)[i] = (float) random.nextGaussian();
        }
        for (Parameter parameter : bench.parameters()) {
            for (int i = 0; i < parameter.size(); i++) {
                bench.weights().dense()[parameter.at() + i] += (float) random.nextGaussian() * 0.3f;
            }
        }
        return bench;
    }

    private static float[] values(LayerBench bench, String name) {
        Parameter parameter = bench.parameters().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        float[] values = new float[parameter.size()];
        System.arraycopy(bench.weights().dense(), parameter.at(), values, 0, values.length);
        return values;
    }

    private static float[] normalised(LayerBench bench) {
        float[] weight = values(bench, "layer.layers.0.norm1.weight");
        float[] bias = values(bench, "layer.layers.0.norm1.bias");
        float[] x = bench.given(0).clone();
        for (int at = 0; at < x.length; at += WIDTH) {
            double mean = 0;
            double square = 0;
            for (int i = 0; i < WIDTH; i++) {
                mean += (double) x[at + i] / WIDTH;
            }
            for (int i = 0; i < WIDTH; i++) {
                square += (x[at + i] - mean) * (x[at + i] - mean) / WIDTH;
            }
            for (int i = 0; i < WIDTH; i++) {
                x[at + i] = (float) ((x[at + i] - mean) / Math.sqrt(square + 1e-5) * weight[i] + bias[i]);
            }
        }
        return x;
    }

    /** Attention in double precision; of the softmax of a causal one, only what is seen lies in the mask, query below query. */
    private static float[] reference(LayerBench bench, int steps, boolean causal, float[] mask) {
        float[] in = values(bench, "layer.in_proj_weight");
        float[] inBias = values(bench, "layer.in_proj_bias");
        float[] out = values(bench, "layer.out_proj.weight");
        float[] outBias = values(bench, "layer.out_proj.bias");
        int depth = WIDTH / HEADS;
        float[] y = new float[BATCH * steps * WIDTH];
        for (int row = 0; row < BATCH; row++) {
            double[][] qkv = new double[steps][];
            for (int step = 0; step < steps; step++) {
                qkv[step] = linear(bench.given(0), (row * steps + step) * WIDTH, in, inBias, 3 * WIDTH);
            }
            for (int query = 0; query < steps; query++) {
                double[] context = new double[WIDTH];
                for (int head = 0; head < HEADS; head++) {
                    int seen = causal ? query + 1 : steps;
                    double[] weights = softmax(qkv, query, head * depth, depth, seen);
                    for (int key = 0; key < seen; key++) {
                        float factor = mask[((row * HEADS + head) * steps + query) * steps + key];
                        for (int i = 0; i < depth; i++) {
                            context[head * depth + i] += weights[key] * factor * qkv[key][2 * WIDTH + head * depth + i];
                        }
                    }
                }
                for (int i = 0; i < WIDTH; i++) {
                    double sum = outBias[i];
                    for (int j = 0; j < WIDTH; j++) {
                        sum += context[j] * out[j * WIDTH + i];
                    }
                    y[(row * steps + query) * WIDTH + i] = (float) sum;
                }
            }
        }
        return y;
    }

    private static double[] softmax(double[][] qkv, int query, int at, int depth, int seen) {
        double[] weights = new double[seen];
        double sum = 0;
        for (int key = 0; key < seen; key++) {
            double score = 0;
            for (int i = 0; i < depth; i++) {
                score += qkv[query][at + i] * qkv[key][WIDTH + at + i];
            }
            weights[key] = Math.exp(score / Math.sqrt(depth));
            sum += weights[key];
        }
        for (int key = 0; key < seen; key++) {
            weights[key] /= sum;
        }
        return weights;
    }

    private static double[] linear(float[] x, int at, float[] weight, float[] bias, int outputs) {
        double[] y = new double[outputs];
        for (int i = 0; i < outputs; i++) {
            y[i] = bias[i];
            for (int j = 0; j < WIDTH; j++) {
                y[i] += (double) x[at + j] * weight[j * outputs + i];
            }
        }
        return y;
    }
}
