package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.model.InputSpec.NumbersInput;
import io.gradstream.model.layers.Attention;
import io.gradstream.model.layers.AveragePool;
import io.gradstream.model.layers.Concat;
import io.gradstream.model.layers.Conv1d;
import io.gradstream.model.layers.Conv2d;
import io.gradstream.model.layers.CrossNetwork;
import io.gradstream.model.layers.Embedding;
import io.gradstream.model.layers.Gru;
import io.gradstream.model.layers.Init;
import io.gradstream.model.layers.LayerSpec;
import io.gradstream.model.layers.Linear;
import io.gradstream.model.layers.Lstm;
import io.gradstream.model.layers.MaxPool;
import io.gradstream.model.layers.NumberEmbedding;
import io.gradstream.model.layers.Pool;
import io.gradstream.model.layers.ShapeException;
import io.gradstream.model.layers.TransformerEncoder;
import io.gradstream.model.optimizers.OptimizerSpec;
import io.gradstream.model.spec.Json;
import io.gradstream.model.spec.SpecException;
import io.gradstream.model.spec.SpecReader;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers that do not fit what they read, and rows that do not fit the inputs: each is told in one line, before anything is allocated. */
class BadSpecTest {
    private static final InputSpec SERIES = new SequenceInput("series", 4, 8);
    private static final InputSpec IMAGE = new ImageInput("image", 4, 5, 1);
    private static final InputSpec NUMBERS = new NumbersInput("numbers", 4, false);
    private static final InputSpec WORDS = new TokensInput("words", 30, 4);
    private static final int MOST = Integer.MAX_VALUE;

    static Stream<Arguments> layers() {
        String large = "more than 2^31 - 1 floats in one piece, shape was ";
        String smaller = "wanted an input at least as large as the kernel, with padding, came ";
        String padding = "wanted at most 2^31 - 1 numbers in a direction, padding included, came ";
        String heads = "wanted heads that divide the width, came 3 heads and a width of 8";
        String sequence = "wanted a sequence of vectors, (steps, width), came (4)";
        return Stream.of(
                bad(SERIES, new Attention(3, true), "attention", heads),
                bad(SERIES, new TransformerEncoder(1, 3, 4), "transformer-encoder", heads),
                bad(IMAGE, conv(3, 9), "conv2d", smaller + "(4, 5) and a kernel of (9, 9)"),
                bad(SERIES, new Conv1d(3, 9, 1, 0), "conv1d", smaller + "(1, 4) and a kernel of (1, 9)"),
                bad(SERIES, new Conv1d(2, 1, MOST, 1 << 30), "conv1d", padding + "2147483652"),
                bad(IMAGE, padded(1 << 30), "conv2d", padding + "2147483653"),
                bad(IMAGE, new MaxPool(5), "max-pool", smaller + "(4, 5) and a kernel of (5, 5)"),
                bad(IMAGE, new AveragePool(6), "average-pool", smaller + "(4, 5) and a kernel of (6, 6)"),
                bad(
                        SERIES,
                        conv(3, 3),
                        "conv2d",
                        "wanted an image, (height, width, channels), came numbers (4, 8) from 'series'"),
                bad(NUMBERS, new Lstm(3), "lstm", sequence),
                bad(NUMBERS, new Pool(), "pool", sequence),
                bad(WORDS, new Gru(3), "gru", "wanted numbers, came ids (4) from 'words' (put an embedding before it)"),
                bad(
                        SERIES,
                        new CrossNetwork(2),
                        "cross-network",
                        "wanted one vector, or two of one length, came [numbers (4, 8) from 'series']"),
                bad(SERIES, new Lstm(1 << 20), "lstm", large + "(1048576, 4194304)"),
                bad(SERIES, new Lstm(MOST), "lstm", "wanted at most 2^31 - 1 floats in one piece, came more"),
                bad(SERIES, new TransformerEncoder(1, 2, MOST), "transformer-encoder", large + "(8, 2147483647)"),
                bad(IMAGE, conv(MOST, 3), "conv2d", "wanted at most 2^31 - 1 floats in one piece, came more"),
                bad(
                        WORDS,
                        new Embedding(2, Embedding.Combine.CONCAT, true, 0, List.of("nonsense")),
                        "embedding",
                        "wanted no fields, since it reads tokens, came [nonsense]"),
                bad(WORDS, new Embedding(MOST), "embedding", large + "(4, 2147483647)"),
                bad(NUMBERS, new NumberEmbedding(MOST, 0.1f), "number-embedding", large + "(4, 2147483647)"));
    }

    private static Conv2d conv(int channels, int kernel) {
        return new Conv2d(channels, List.of(kernel), 1, 0, true, Init.ZEROS);
    }

    private static Conv2d padded(int padding) {
        return new Conv2d(3, List.of(3), MOST, padding, true, Init.ZEROS);
    }

    private static Arguments bad(InputSpec input, LayerSpec layer, String kind, String problem) {
        return Arguments.of(input, layer, "layers[0] 'bad' (" + kind + "): " + problem);
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("layers")
    void aLayerThatDoesNotFit(InputSpec input, LayerSpec layer, String message) {
        List<NodeSpec> layers = List.of(NodeSpec.of("bad", layer), NodeSpec.of("out", new Linear(1)));
        ModelSpec spec = ModelSpec.of(List.of(input), layers, Task.BINARY, OptimizerSpec.sgd(0.1f));
        assertThatThrownBy(() -> Memory.of(spec))
                .isInstanceOf(ShapeException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'layer': 'linear', 'units': 0 | units: must be at least 1, was 0",
                "'layer': 'conv2d', 'channels': 3, 'kernel': [0] | kernel: must be at least 1, was 0",
                "'layer': 'lstm', 'units': -1 | units: must be at least 1, was -1",
                "'layer': 'lstm', 'units': 3, 'layers': 2147483647 | layers: must be 1 to 1000, was 2147483647",
                "'layer': 'transformer-encoder', 'heads': 0, 'feed-forward': 3 | heads: must be at least 1, was 0",
                "'layer': 'max-pool', 'size': 0 | size: must be at least 1, was 0",
                "'layer': 'dropout', 'rate': 1 | rate: must be at least 0 and below 1, was 1.0",
            },
            quoteCharacter = '"')
    void aSettingThatCannotBe(String settings, String message) {
        String json = "{\"name\": \"bad\", " + settings.replace('\'', '"') + "}";
        assertThatThrownBy(() -> SpecReader.read(NodeSpec.class, Json.read(json)))
                .isInstanceOf(SpecException.class)
                .hasMessage(message);
    }

    @Test
    void aNameThatIsNoText() {
        String half = "a\ud83d";
        String message = "name must be text, has half a surrogate pair at character 1";
        assertThatThrownBy(() -> NodeSpec.of(half, new Linear(1))).hasMessage(message);
        assertThatThrownBy(() -> new NumbersInput(half, 1, false)).hasMessage(message);
        assertThatThrownBy(() -> new ImageInput(half, 1, 1, 1)).hasMessage(message);
        assertThatThrownBy(() -> new CategoryField(half, 3)).hasMessage(message);
        assertThat(NodeSpec.of("a\ud83d\ude00", new Linear(1)).name()).hasSize(3);
    }

    @Test
    void fieldsOfOneName() {
        List<CategoryField> fields =
                List.of(new CategoryField("a", 3), new CategoryField("b", 3), new CategoryField("a", 5));
        assertThatThrownBy(() -> new InputSpec.CategoriesInput("c", fields))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("fields must have names of their own, two were 'a'");
    }

    @Test
    void aLayerThatIsNull() {
        assertThatThrownBy(() -> NodeSpec.of("out", null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("layer must say what 'out' computes, was null");
    }

    @Test
    void aLayerThatThereIsNot() {
        assertThatThrownBy(() -> SpecReader.read(
                        NodeSpec.class, Json.read("{\"name\": \"bad\", \"layer\": \"linaer\", \"units\": 8}")))
                .isInstanceOf(SpecException.class)
                .hasMessageStartingWith("layer: wanted one of attention, ")
                .hasMessageContaining("linaer");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5, 1, 3, 3, 3 | row 0, input 'series', number of steps: wanted 0 to 4, came 5",
                "-1, 1, 3, 3, 3 | row 0, input 'series', number of steps: wanted 0 to 4, came -1",
                "4, 1, 30, 3, 3 | row 0, input 'words', token 1: wanted 0 to 29, came 30",
                "4, 1, 3, 3, 4 | row 0, input 'words', number of tokens: wanted 0 to 3, came 4",
            },
            quoteCharacter = '"')
    void aSequenceThatIsTooLongOrHasAnIdOutOfRange(String ids, String message) {
        int[] row = Stream.of(ids.split(", ")).mapToInt(Integer::parseInt).toArray();
        Learner learner = overSteps();
        assertThatThrownBy(() -> learner.learn(new float[32], 0, row, 0, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThat(learner.pending()).isZero();
    }

    /** It gives zeros, whatever its padding holds, so that what else there is in the row decides. */
    @Test
    void anEmptySequenceIsZeros() {
        Learner learner = overSteps();
        float[] padding = new float[32];
        padding[7] = 3;
        assertThat(score(learner, new float[32], 0, 0, 0, 0, 0)).isEqualTo(0.5f);
        assertThat(score(learner, padding, 0, 9, 8, 7, 0)).isEqualTo(0.5f);
        learner.learn(padding, 0, new int[] {0, 9, 8, 7, 0}, 0, 1, 1);
        learner.stepNow();
        assertThat(learner.lastLoss()).isEqualTo((float) Math.log(2));
        assertThat(score(learner, new float[32], 0, 0, 0, 0, 0)).isGreaterThan(0.5f);
    }

    private static Learner overSteps() {
        List<NodeSpec> layers = List.of(
                NodeSpec.of("vectors", new Embedding(2), "words"),
                NodeSpec.of("mean", new Pool(), "vectors"),
                NodeSpec.of("state", new Lstm(2), "series"),
                NodeSpec.of("both", new Concat(), "mean", "state"),
                NodeSpec.of("out", new Linear(1)));
        return Learner.create(ModelSpec.of(
                List.of(SERIES, new TokensInput("words", 30, 3)), layers, Task.BINARY, OptimizerSpec.sgd(0.1f)));
    }

    private static float score(Learner learner, float[] numbers, int... ids) {
        Batch batch = new Batch(learner.layout(), 1);
        batch.add(numbers, 0, ids, 0);
        float[] score = new float[1];
        learner.score(batch, score);
        return score[0];
    }
}
