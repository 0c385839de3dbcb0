package io.gradstream.pipeline.config;

import io.gradstream.connectors.formats.AvroFormat;
import io.gradstream.connectors.formats.CsvFormat;
import io.gradstream.connectors.formats.FormatSettings;
import io.gradstream.connectors.formats.JsonFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Files that a pipeline names, read so that nothing on the cluster needs them. */
final class Resources {

    private static final long LONGEST_SCHEMA = 4 << 20;
    private static final long LONGEST_SNAPSHOT = 1L << 30;

    private final Path folder;
    private final Problems problems;

    Resources(Path folder, Problems problems) {
        this.folder = folder;
        this.problems = problems;
    }

    /** The settings of a format at a place in the file; null after a problem. */
    FormatSettings format(List<?> at, FormatSpec spec) {
        try {
            if (spec instanceof FormatSpec.Avro avro) {
                byte[] schema = bytes(with(at, "schema"), avro.schema(), LONGEST_SCHEMA);
                return schema == null
                        ? null
                        : new AvroFormat(
                                new String(schema, StandardCharsets.UTF_8),
                                avro.framing(),
                                avro.schemaId().orElse(AvroFormat.ANY_SCHEMA));
            }
            if (spec instanceof FormatSpec.Csv csv) {
                if (csv.delimiter().length() != 1) {
                    problems.add(with(at, "delimiter"), "must be one character, was \"" + csv.delimiter() + "\"");
                    return null;
                }
                return new CsvFormat(csv.columns(), csv.delimiter().charAt(0));
            }
            return new JsonFormat();
        } catch (IllegalArgumentException e) {
            problems.add(at, e.getMessage());
            return null;
        }
    }

    /** A snapshot file's bytes; null after a problem. */
    byte[] snapshot(List<?> at, String path) {
        return bytes(at, path, LONGEST_SNAPSHOT);
    }

    private byte[] bytes(List<?> at, String path, long most) {
        try {
            Path file = folder.resolve(path);
            if (!Files.isRegularFile(file)) {
                problems.add(at, noFile(file));
                return null;
            }
            if (Files.size(file) > most) {
                problems.add(
                        at, file + " has " + Files.size(file) + " bytes; at most " + most + " are read from a file");
                return null;
            }
            return Files.readAllBytes(file);
        } catch (InvalidPathException | IOException e) {
            problems.add(at, "cannot read '" + path + "': " + e);
            return null;
        }
    }

    /** What there is where a file was to be. */
    static String noFile(Path file) {
        return Files.isDirectory(file) ? file + " is a folder; a file was wanted" : "no file " + file;
    }

    static List<Object> with(List<?> at, Object... further) {
        List<Object> path = new ArrayList<>(at);
        path.addAll(List.of(further));
        return path;
    }
}
