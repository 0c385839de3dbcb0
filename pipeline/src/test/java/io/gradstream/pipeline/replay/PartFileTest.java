package io.gradstream.pipeline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.pipeline.learn.LogLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartFileTest {
    @TempDir
    Path folder;

    @Test
    void hasItsNameWhenItIsWholeAndIsGoneWhereItHasNone() throws IOException {
        try (PartFile kept = new PartFile(folder, "kept");
                PartFile dropped = new PartFile(folder, "dropped")) {
            kept.append("all of it");
            dropped.append("a half");
            kept.complete();
            assertThat(folder.toFile().list()).containsExactlyInAnyOrder("kept.part", "dropped.part");
            kept.name();
        }
        assertThat(folder.toFile().list()).containsExactly("kept");
        assertThat(folder.resolve("kept")).hasContent("all of it");
    }

    /** A folder that is not empty cannot be removed, whoever runs this. */
    @Test
    void warnsOfWhatItCannotRemove() throws IOException {
        Path part = Files.createDirectories(folder.resolve("kept.part"));
        Files.createFile(part.resolve("something"));
        try (LogLines log = LogLines.of(PartFile.class)) {
            new PartFile(folder, "kept").close();
            assertThat(log.lines())
                    .isEqualTo(List.of(part + ", which is of no use any more, cannot be removed:"
                            + " java.nio.file.DirectoryNotEmptyException: " + part));
        }
    }
}
