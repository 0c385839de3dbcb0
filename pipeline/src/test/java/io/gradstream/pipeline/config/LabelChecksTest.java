package io.gradstream.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong of labels, classes and defaults beside the task and the rest of the file. */
class LabelChecksTest {

    @TempDir
    Path temp;

    private PipelineFolder folder;

    @BeforeEach
    void open() {
        folder = new PipelineFolder(temp);
    }

    @Test
    void labelAndTask() {
        assertThat(folder.flights("task: binary", "task: regression"))
                .containsExactly("p.yaml:23: label.threshold: is for task: binary, but the task is regression");
        assertThat(folder.flights("task: binary", "task: multiclass"))
                .containsExactly(
                        "p.yaml:17: label.classes: a multiclass task needs 2 to 1048576 classes: their names, or their"
                                + " number",
                        "p.yaml:23: label.threshold: is for task: binary, but the task is multiclass");
    }

    @Test
    void classes() {
        assertThat(folder.clicks("{field: clicked}", "{field: clicked, classes: [a, b, c]}"))
                .containsExactly("p.yaml:7: label.classes: a binary task has two, [negative, positive], was [a, b, c]");
        assertThat(folder.clicks(
                        "{field: clicked}", "{field: clicked, classes: 1}", "task: binary", "task: multiclass"))
                .singleElement()
                .asString()
                .contains("needs 2 to");
        assertThat(folder.clicks("{field: clicked}", "{field: clicked, classes: [a, a]}"))
                .containsExactly("p.yaml:7: label.classes: names must differ, was [a, a]");
        assertThat(folder.clicks("{field: clicked}", "{field: clicked, classes: [a, b], threshold: 1}"))
                .containsExactly("p.yaml:7: label.classes: has no meaning beside a threshold; leave one of them out");
        assertThat(folder.clicks(
                        "{field: clicked}", "{field: clicked, classes: 10}", "task: binary", "task: multiclass"))
                .isEmpty();
        assertThat(folder.clicks(
                        "{field: clicked}",
                        "{field: clicked, classes: [0, 1.0, true]}",
                        "task: binary",
                        "task: multiclass"))
                .isEmpty();
    }

    @Test
    void aNumberOfClassesAndADefaultHaveNoZerosInFront() {
        assertThat(folder.clicks(
                        "{field: clicked}", "{field: clicked, classes: 010}", "task: binary", "task: multiclass"))
                .containsExactly(
                        "p.yaml:7: label.classes: a multiclass task needs 2 to 1048576 classes: their names, or"
                                + " their number; write the number without zeros in front");
        assertThat(folder.clicks("{field: clicked}", "{field: clicked, classes: \"02\"}"))
                .containsExactly("p.yaml:7: label.classes: a binary task has two, [negative, positive], was [02]; write"
                        + " the number without zeros in front");
        assertThat(folder.flights("threshold: 15", "classes: 2\n  default: 01"))
                .containsExactly("p.yaml:24: label.default: wanted a class from 0 to 1, was \"01\"; write the number"
                        + " without zeros in front");
        assertThat(folder.flights("threshold: 15", "classes: 2\n  default: 1")).isEmpty();
    }

    @Test
    void aLabelThatIsAFeature() {
        assertThat(folder.clicks("[price, age]", "[price, clicked]"))
                .containsExactly(
                        "p.yaml:7: label.field: 'clicked' is also a feature; a model that sees its label learns"
                                + " nothing else");
    }

    @Test
    void keysOfLabelsThatComeInTheEvent() {
        assertThat(folder.clicks("{field: clicked}", "{field: clicked, wait: 1d, id: x}"))
                .containsExactly(
                        "p.yaml:7: label.id: is for labels on a topic of their own; add label.topic or leave it out",
                        "p.yaml:7: label.wait: is for labels on a topic of their own; add label.topic or leave it out");
        assertThat(folder.flights("  id: flight\n  time: landed", "  time: landed"))
                .containsExactly(
                        "p.yaml:17: label.id: must be given with label.topic: the field with the event's id, or"
                                + " record-key");
    }

    /** What no label may be is no default, either. */
    @Test
    void theDefaultOfARegression() {
        for (String wrong : List.of("1.0e+35", "1f", "0x1p0", "NaN", "much")) {
            assertThat(folder.flights("task: binary", "task: regression", "threshold: 15", "default: " + wrong))
                    .singleElement()
                    .asString()
                    .contains("label.default: wanted a finite number, of at most 1e30 in size, was ");
        }
        for (String right : List.of("0", "-1.5", ".5", "2.0e-3", "5.")) {
            assertThat(folder.flights("task: binary", "task: regression", "threshold: 15", "default: " + right))
                    .isEmpty();
        }
    }

    @Test
    void theDefaultLabel() {
        assertThat(folder.flights("wait: 2d", "default: 2"))
                .containsExactly("p.yaml:24: label.default: wanted 0 or 1, what is to be learned, was \"2\"");
        assertThat(folder.load(PipelineFolder.example("flights.yaml", "wait: 2d", "default: 1"), Map.of())
                        .labels()
                        .byDefault())
                .isEqualTo(1);
        assertThat(folder.load(PipelineFolder.example("flights.yaml", "wait: 2d", "default: false"), Map.of())
                        .labels()
                        .byDefault())
                .isZero();
        assertThat(folder.load(PipelineFolder.example("flights.yaml"), Map.of())
                        .labels()
                        .byDefault())
                .isNaN();
        assertThat(folder.flights("wait: 2d", "wait: 0s"))
                .containsExactly("p.yaml:24: label.wait: must be longer than 0");
    }
}
