package io.gradstream.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the project's files are, from a test of this module. */
final class ProjectFiles {
    static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();

    private ProjectFiles() {}

    static String read(String path) throws IOException {
        return Files.readString(ROOT.resolve(path));
    }
}
