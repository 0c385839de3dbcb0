package io.gradstream.pipeline.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.connectors.records.Evaluation;
import io.gradstream.connectors.records.Evaluation.Scope;
import io.gradstream.connectors.records.Outgoing;
import io.gradstream.model.Task;
import io.gradstream.pipeline.config.Pipeline.Target;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The last moves of a replay's results onto an older replay's. */
class ReplaySinkTest {

    @TempDir
    Path folder;

    /** The second of four files cannot get its name, since a folder has taken it meanwhile. */
    @Test
    void noEvaluationStandsBesideResultsOfTwoReplays() throws Exception {
        Path evaluation = Files.writeString(folder.resolve(ReplayResult.EVALUATION), "old");
        Path predictions = Files.writeString(folder.resolve(ReplayResult.PREDICTIONS), "old");
        Path model = Files.writeString(folder.resolve(ReplayResult.MODEL), "old");
        try (SinkWriter<Outgoing> replay = begin()) {
            Path taken = Files.createDirectory(folder.resolve(ReplayResult.DEAD_LETTERS));
            Files.createFile(taken.resolve("something"));
            assertThatThrownBy(() -> replay.flush(true))
                    .isInstanceOf(DirectoryNotEmptyException.class)
                    .hasMessage(taken.toString());
        }
        assertThat(evaluation).doesNotExist();
        assertThat(predictions).hasContent("id,event_time,version,duplicate,score");
        assertThat(model).hasContent("old");
        assertThat(folder.toFile().list())
                .containsExactlyInAnyOrder(ReplayResult.PREDICTIONS, ReplayResult.DEAD_LETTERS, ReplayResult.MODEL);
    }

    @Test
    void allThatWasThereStaysUntilTheEnd() throws Exception {
        for (String name : ReplayResult.FILES) {
            Files.writeString(folder.resolve(name), "old");
        }
        begin().close();
        for (String name : ReplayResult.FILES) {
            assertThat(folder.resolve(name)).hasContent("old");
        }
        assertThat(folder.toFile().list()).containsExactlyInAnyOrderElementsOf(ReplayResult.FILES);
    }

    /** A replay that has its evaluation, and makes no step. */
    private SinkWriter<Outgoing> begin() throws Exception {
        SinkWriter<Outgoing> replay = new ReplaySink(folder, "shop", new Target(Task.BINARY, 2)).createWriter(null);
        replay.write(new Evaluation("shop", "L", 0, Scope.ALL, 1, 0, Map.of("accuracy", 1.0)), null);
        return replay;
    }
}
