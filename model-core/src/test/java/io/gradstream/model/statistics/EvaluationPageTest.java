package io.gradstream.model.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.model.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EvaluationPageTest {
    @ParameterizedTest
    @EnumSource(Task.class)
    void everyMetricHasItsEquation(Task task) throws IOException {
        String page = Files.readString(Path.of("../docs/evaluation.md"));

        for (String name : Prequential.create(task, 3, 10).all().names()) {
            assertThat(page).contains("`" + name + "`");
        }
    }
}
