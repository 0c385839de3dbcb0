package io.gradstream.pipeline.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A folder with a pipeline's file as a test wants it, and the two schemas of the flights. */
final class PipelineFolder {

    private final Path folder;

    PipelineFolder(Path folder) {
        this.folder = folder;
        try {
            for (String schema : List.of("flight.avsc", "arrival.avsc")) {
                Files.copy(PipelineFileTest.example(schema), folder.resolve(schema));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path write(String name, String text) {
        try {
            return Files.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The example with one text in place of another, which must be there. */
    static String example(String name, String... replacements) {
        try {
            String text = Files.readString(PipelineFileTest.example(name));
            for (int i = 0; i < replacements.length; i += 2) {
                if (!text.contains(replacements[i])) {
                    throw new AssertionError(name + " has no '" + replacements[i] + "'");
                }
                text = text.replace(replacements[i], replacements[i + 1]);
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Pipeline load(String text, Map<String, String> environment) {
        return PipelineFile.load(write("p.yaml", text), true, environment).pipeline();
    }

    /** The problems of a text, without the folder. */
    List<String> problems(String text, Map<String, String> environment) {
        PipelineException problem = catchThrowableOfType(PipelineException.class, () -> load(text, environment));
        return problem == null
                ? List.of()
                : problem.problems().stream()
                        .map(each -> each.replace(folder + "/", ""))
                        .toList();
    }

    List<String> problems(String text) {
        return problems(text, Map.of());
    }

    /** The problems of flights.yaml, whose labels are on a topic of their own, with one text in place of another. */
    List<String> flights(String... replacements) {
        return problems(example("flights.yaml", replacements));
    }

    /** The same of logistic.yaml, whose labels come in the event. */
    List<String> clicks(String... replacements) {
        return problems(example("logistic.yaml", replacements));
    }

    /** A line and more lines behind it, as a replacement. */
    static String after(String line, String more) {
        return line + "\n" + more;
    }
}
