package io.gradstream.quickstart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder that is gone with what is in it when it is closed. */
record TemporaryFolder(Path path) implements AutoCloseable {
    private static final int TRIES = 5;

    static TemporaryFolder create() throws IOException {
        return new TemporaryFolder(Files.createTempDirectory("gradstream-quickstart-"));
    }

    /** A new folder in it. */
    Path folder(String name) throws IOException {
        return Files.createDirectory(path.resolve(name));
    }

    /** Tries again if a file came or went meanwhile. */
    @Override
    public void close() {
        for (int i = 1; Files.exists(path); i++) {
            try {
                delete();
            } catch (IOException | UncheckedIOException e) {
                if (i == TRIES) {
                    throw new IllegalStateException("cannot delete " + path + ": " + e.getMessage(), e);
                }
            }
        }
    }

    private void delete() throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(path)) {
            files = found.sorted(Comparator.reverseOrder()).toList();
        } catch (NoSuchFileException e) {
            return;
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
