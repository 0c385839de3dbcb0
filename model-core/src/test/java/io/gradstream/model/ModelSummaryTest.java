package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.model.InputSpec.CategoriesInput;
import io.gradstream.model.ModelSummary.Part;
import io.gradstream.model.layers.Concat;
import io.gradstream.model.layers.Embedding;
import io.gradstream.model.layers.Linear;
import io.gradstream.model.layers.Lstm;
import io.gradstream.model.optimizers.OptimizerSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelSummaryTest {
    /** Small tables are dense, large ones sparse; an LSTM has four gates, each over inputs and states, with two biases. */
    @Test
    void shapesAndParametersOfEachPart() {
        ModelSpec spec = ModelSpec.of(
                List.of(
                        new CategoriesInput("categories", List.of(new CategoryField("c", 1 << 20))),
                        new SequenceInput("waves", 20, 12)),
                List.of(
                        NodeSpec.of("embedded", new Embedding(4), "categories"),
                        NodeSpec.of("lstm", new Lstm(8), "waves"),
                        NodeSpec.of("joined", new Concat(), "embedded", "lstm"),
                        NodeSpec.of("out", new Linear(1))),
                Task.BINARY,
                OptimizerSpec.sgd(0.1f));
        ModelSummary summary = ModelSummary.of(spec);
        assertThat(summary.inputs())
                .containsExactly(
                        new Part("categories", "categories", List.of(1), false, 0, 0),
                        new Part("waves", "sequence", List.of(20, 12), true, 0, 0));
        assertThat(summary.layers())
                .extracting(part -> part.name() + " " + part.kind() + " " + part.shapeText())
                .containsExactly("embedded embedding (4)", "lstm lstm (8)", "joined concat (12)", "out linear (1)");
        assertThat(summary.layers().get(0).sparse()).isEqualTo((1L << 20) * 4);
        assertThat(summary.layers().get(1).parameters()).isEqualTo(4 * 8 * (12 + 8 + 2));
        assertThat(summary.layers().get(3).parameters()).isEqualTo(12 + 1);
        assertThat(summary.parameters()).isEqualTo(4 * 8 * (12 + 8 + 2) + 13);
        assertThat(summary.sparse()).isEqualTo((1L << 20) * 4);
        assertThat(summary.inputs().get(1).shapeText()).isEqualTo("(up to 20, 12)");
    }

    @Test
    void aNameIsBoundedBecauseThoseOfTensorsAre() {
        assertThat(NodeSpec.of("n".repeat(200), new Linear(1)).name()).hasSize(200);
        assertThatThrownBy(() -> NodeSpec.of("é".repeat(101), new Linear(1)))
                .hasMessage("name must have at most 200 bytes in UTF-8, had 202: '" + "é".repeat(20) + "…'");
    }
}
