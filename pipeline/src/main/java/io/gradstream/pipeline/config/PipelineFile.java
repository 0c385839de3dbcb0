package io.gradstream.pipeline.config;

import io.gradstream.model.spec.SpecException;
import io.gradstream.model.spec.SpecReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A pipeline's YAML file: read, checked and resolved. Relative paths in it lead from its own folder. */
public final class PipelineFile {

    private final PipelineSpec spec;
    private final Pipeline pipeline;

    private PipelineFile(PipelineSpec spec, Pipeline pipeline) {
        this.spec = spec;
        this.pipeline = pipeline;
    }

    /**
     * Reads, checks and resolves a file, schema files and snapshot included; nothing is connected to.
     *
     * @throws PipelineException with every problem found, one line each
     */
    public static PipelineFile load(Path file) {
        return load(file, true, System.getenv());
    }

    /**
     * The same for a run without a broker: references under {@code kafka} are left alone, and nothing there is asked for.
     *
     * @throws PipelineException with every problem found, one line each
     */
    public static PipelineFile loadWithoutKafka(Path file) {
        return load(file, false, System.getenv());
    }

    static PipelineFile load(Path file, boolean withKafka, Map<String, String> environment) {
        Path folder = file.toAbsolutePath().getParent();
        References references = new References(folder, environment);
        Problems problems = new Problems(file.toString(), references);
        String text = text(file, problems);
        problems.throwIfAny();
        Section tree = YamlReader.read(text, references, withKafka, problems);
        problems.throwIfAny();
        ShortForms.writeOut(tree);
        problems.root(tree);
        DecimalDigits.check(tree, problems);
        ControlCharacters.check(tree, problems);
        List<SpecException> wrong = SpecReader.problems(PipelineSpec.class, tree);
        wrong.forEach(each -> problems.add(each.pathParts(), each.problem()));
        Set<List<Object>> said = wrong.stream().map(SpecException::pathParts).collect(Collectors.toSet());
        tree.withoutValue().stream()
                .filter(path -> !said.contains(path))
                .forEach(path -> problems.add(path, "has no value; leave the key out, or give it one"));
        problems.throwIfAny();
        PipelineSpec spec = SpecReader.read(PipelineSpec.class, tree);
        Pipeline pipeline = new PipelineCompiler(spec, tree, folder, withKafka, problems).compile();
        problems.throwIfAny();
        return new PipelineFile(spec, pipeline);
    }

    private static String text(Path file, Problems problems) {
        try {
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                problems.add(0, "", Files.exists(file) ? "is no file that can be read" : "no such file");
                return "";
            }
            byte[] bytes;
            try (InputStream in = Files.newInputStream(file)) {
                bytes = in.readNBytes(YamlReader.LONGEST + 1);
            }
            if (bytes.length > YamlReader.LONGEST) {
                problems.add(0, "", "has more than " + YamlReader.LONGEST + " bytes, which no pipeline needs");
                return "";
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            problems.add(0, "", "is not UTF-8");
        } catch (IOException e) {
            problems.add(0, "", "cannot be read: " + e.getMessage());
        }
        return "";
    }

    /** The file as written. */
    public PipelineSpec spec() {
        return spec;
    }

    /** The file as the jobs run it. */
    public Pipeline pipeline() {
        return pipeline;
    }
}
