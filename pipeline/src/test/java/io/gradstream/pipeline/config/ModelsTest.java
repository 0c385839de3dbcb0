package io.gradstream.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.model.Batch;
import io.gradstream.model.Learner;
import io.gradstream.model.losses.Focal;
import io.gradstream.model.snapshots.SafetensorsWriter;
import io.gradstream.pipeline.config.Pipeline.StartFrom;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Presets, losses and first weights as a pipeline file writes them. */
class ModelsTest {
    private static final String PRESET = "{preset: wide-and-deep, hidden: [64, 32], embedding: 8}";

    @TempDir
    Path temp;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{preset: fm, factors: 4}",
                "{preset: deepfm, hidden: [8], factors: 4, dropout: 0.1}",
                "{preset: dcn, crosses: 3, hidden: [8], embedding: 4}"
            })
    void presets(String model) throws Exception {
        Pipeline pipeline =
                new PipelineFolder(temp).load(PipelineFolder.example("flights.yaml", PRESET, model), Map.of());
        Learner learner = Learner.create(pipeline.model());
        Batch batch = new Batch(learner.layout(), 1);
        batch.add(
                new float[learner.layout().numbers()],
                0,
                new int[learner.layout().ids()],
                0);
        float[] score = new float[1];
        learner.score(batch, score);
        assertThat(score[0]).isBetween(0f, 1f);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{preset: lstm, units: 8, layers: 2, bidirectional: true, hidden: [8], embedding: 4, dropout: 0.1}",
                "{preset: gru, units: 8}",
                "{preset: transformer, width: 8, heads: 2, layers: 1, feed-forward: 16, dropout: 0.1}"
            })
    void presetsOverSteps(String model) throws Exception {
        String tokens = "  - {tokens: origin, name: letters, by: characters, steps: 4}\n";
        PipelineFolder folder = new PipelineFolder(temp);
        Pipeline pipeline = folder.load(
                PipelineFolder.example("flights.yaml", PRESET, model, "features:\n", "features:\n" + tokens), Map.of());
        assertThat(Learner.create(pipeline.model()).outputs()).isEqualTo(1);
        assertThat(folder.problems(PipelineFolder.example("flights.yaml", PRESET, model)))
                .singleElement()
                .asString()
                .endsWith(
                        " wanted at least one input that is a sequence or tokens, came [numbers, categories, crosses]");
    }

    @Test
    void aPresetForImagesNeedsOne() throws Exception {
        assertThat(new PipelineFolder(temp).problems(PipelineFolder.example("flights.yaml", PRESET, "{preset: cnn}")))
                .singleElement()
                .asString()
                .contains("model: cnn wanted at least one input that is an image, came [numbers, categories, crosses]");
    }

    @Test
    void lossesWithSettings() throws Exception {
        PipelineFolder folder = new PipelineFolder(temp);
        Pipeline pipeline = folder.load(
                PipelineFolder.example(
                        "flights.yaml", "task: binary", "task: binary\nloss: {type: focal, gamma: 1.5, alpha: 0.3}"),
                Map.of());
        assertThat(pipeline.model().loss()).isEqualTo(new Focal(1.5f, Optional.of(0.3f)));
        assertThat(folder.problems(PipelineFolder.example(
                        "flights.yaml", "task: binary", "task: binary\nloss: {type: focal, alpha: 2}")))
                .singleElement()
                .asString()
                .endsWith("loss.alpha: must be above 0 and below 1, was 2.0");
    }

    @Test
    void firstWeightsOfPyTorch() throws Exception {
        PipelineFolder folder = new PipelineFolder(temp);
        float[] bias = new float[32];
        bias[3] = 7;
        Files.write(
                temp.resolve("net.safetensors"),
                new SafetensorsWriter().add("fc2.bias", bias, 0, 32).bytes());
        String weights = "task: binary\ninitial-weights: {file: net.safetensors, names: {hidden-2.bias: fc2.bias}}";
        Pipeline pipeline = folder.load(PipelineFolder.example("flights.yaml", "task: binary", weights), Map.of());
        assertThat(pipeline.startFrom())
                .isInstanceOfSatisfying(
                        StartFrom.Snapshot.class,
                        start -> assertThat(start.file()).isEqualTo("net.safetensors"));
        Learner learner = Learner.read(((StartFrom.Snapshot) pipeline.startFrom()).bytes(), pipeline.model());
        assertThat(learner.steps()).isZero();
        assertThat(folder.problems(PipelineFolder.example(
                        "flights.yaml", "task: binary", weights.replace("hidden-2", "hidden-1"))))
                .containsExactly(
                        "p.yaml:26: initial-weights: tensor 'fc2.bias' does not fit 'hidden-1.bias': wanted (64) in"
                                + " the file, came (32)");
        assertThat(folder.problems(
                        PipelineFolder.example("flights.yaml", "task: binary", weights + "\nstart-from: topic")))
                .containsExactly("p.yaml:27: start-from: must be scratch where initial-weights are given, was topic");
    }
}
