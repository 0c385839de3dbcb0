package io.gradstream.pipeline.replay;

import io.gradstream.pipeline.config.PipelineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** The folder that a replay writes into: what of its names is there goes when the replay has come to its end. */
public final class ReplayFolder {

    private ReplayFolder() {}

    /**
     * Refuses to write over what the replay reads.
     *
     * @param option that names the file
     * @param file which may be a link, or be named by another way to it
     * @throws PipelineException when the replay would replace it
     */
    public static void refuse(String option, Path file, Path output) throws IOException {
        for (String name : ReplayResult.FILES) {
            for (String written : List.of(name, name + PartFile.PART)) {
                Path own = output.resolve(written);
                if (Files.exists(own) && Files.exists(file) && Files.isSameFile(own, file)) {
                    throw new PipelineException(List.of(option + " " + file + " is " + written + " in --output "
                            + output + ", which a replay replaces: give another --output"));
                }
            }
        }
    }

    /**
     * Makes the folder when it is not there.
     *
     * @throws PipelineException when it cannot be made, or has a folder with the name of a file that the replay writes
     */
    public static void make(Path output) throws IOException {
        try {
            Files.createDirectories(output);
        } catch (NoSuchFileException e) {
            throw new PipelineException(List.of("--output " + output + ": no folder can be made there"));
        }
        for (String name : ReplayResult.FILES) {
            if (Files.isDirectory(output.resolve(name))) {
                throw new PipelineException(List.of(output.resolve(name) + " is a folder, and a replay writes a file of"
                        + " this name: give another --output"));
            }
        }
    }
}
