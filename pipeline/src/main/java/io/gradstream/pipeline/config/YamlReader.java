package io.gradstream.pipeline.config;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.gradstream.pipeline.config.Section.Origin;
import java.io.IOException;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Reads YAML into sections, items and scalars, token by token: no object is ever made of a name in the file. Anchors, aliases, tags, merge
 * keys, duplicate keys and a second document are refused, and so is anything deeper or longer than a pipeline needs to be.
 */
final class YamlReader {

    /** The most characters of a file. */
    static final int LONGEST = 1 << 20;

    /** The deepest nesting. */
    static final int DEEPEST = 32;

    private static final Pattern WHOLE = Pattern.compile("[-+]?(0|[1-9][0-9]{0,17})");
    private static final Pattern NUMBER = Pattern.compile("[-+]?(0|[1-9][0-9]*)(\\.[0-9]*)?([eE][-+]?[0-9]+)?");

    private final EventParser parser;
    private final References references;
    private final boolean resolveKafka;
    private final Problems problems;
    private String topKey = "";

    private YamlReader(EventParser parser, References references, boolean resolveKafka, Problems problems) {
        this.parser = parser;
        this.references = references;
        this.resolveKafka = resolveKafka;
        this.problems = problems;
    }

    /**
     * Reads a file's text.
     *
     * @param resolveKafka whether references under {@code kafka} are resolved; if not they stay as they are
     * @param problems told of whatever is wrong
     * @return the root; empty if the text is no YAML at all
     */
    static Section read(String text, References references, boolean resolveKafka, Problems problems) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LONGEST);
        options.setNestingDepthLimit(DEEPEST);
        options.setMaxAliasesForCollections(0);
        EventParser.Factory factory = new EventParser.Factory(YAMLFactory.builder()
                .loaderOptions(options)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build()));
        try (EventParser parser = factory.createParser(text)) {
            return new YamlReader(parser, references, resolveKafka, problems).document();
        } catch (RefusedException e) {
            problems.add(e.line, "", e.getMessage());
        } catch (StreamConstraintsException e) {
            problems.add(line(e), "", "nested deeper than " + DEEPEST + ", or longer than a pipeline may be");
        } catch (JsonProcessingException e) {
            problems.add(line(e), "", "is no YAML: " + reason(e) + hint(text, line(e)));
        } catch (IOException | RuntimeException e) {
            problems.add(0, "", "is no YAML: " + oneLine(String.valueOf(e.getMessage())));
        }
        return new Section();
    }

    private Section document() throws IOException {
        JsonToken first = parser.nextToken();
        if (first != JsonToken.START_OBJECT) {
            throw refused(first == null ? "is empty; a pipeline is a section of keys" : "wanted a section of keys");
        }
        checkPlain();
        Section root = section("");
        if (parser.nextToken() != null) {
            throw refused("a second document begins here; a file holds one pipeline");
        }
        return root;
    }

    private Section section(String path) throws IOException {
        Section section = new Section();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            checkPlain();
            String key = parser.currentName();
            int line = line();
            if (path.isEmpty()) {
                topKey = key;
            }
            String at = path.isEmpty() ? key : path + "." + key;
            if (key.equals("<<")) {
                throw refused("merge keys (<<) are not taken; write the keys out");
            }
            parser.nextToken();
            Object value = value(at, line);
            section.put(key, plain(value), new Origin(line, key, scalarText(value), scalarReference(value)));
        }
        return section;
    }

    private Items items(String path) throws IOException {
        Items items = new Items();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            int line = line();
            Object value = value(path + "[" + items.size() + "]", line);
            items.add(plain(value), new Origin(line, "", scalarText(value), scalarReference(value)));
        }
        return items;
    }

    /** A scalar with its text and where that came from, before it is put away. */
    private record Scalar(Object value, String text, String reference) {}

    private static Object plain(Object value) {
        return value instanceof Scalar scalar ? scalar.value : value;
    }

    private static String scalarText(Object value) {
        return value instanceof Scalar scalar ? scalar.text : "";
    }

    private static String scalarReference(Object value) {
        return value instanceof Scalar scalar ? scalar.reference : "";
    }

    private Object value(String path, int line) throws IOException {
        checkPlain();
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> section(path);
            case START_ARRAY -> items(path);
            case VALUE_NULL -> new Scalar(null, "", "");
            case VALUE_STRING -> text(path, line);
            case VALUE_NUMBER_INT -> new Scalar(parser.getNumberValue(), parser.getText(), "");
            case VALUE_NUMBER_FLOAT -> fraction(path, line);
            case VALUE_TRUE, VALUE_FALSE -> new Scalar(token == JsonToken.VALUE_TRUE, parser.getText(), "");
            default -> throw refused("a value that YAML has no word for");
        };
    }

    /** Text where the parser itself makes no number of it: {@code .inf}, {@code .nan}, and {@code 1:30.5} by sixties. */
    private Scalar fraction(String path, int line) throws IOException {
        String text = parser.getText();
        try {
            double value = parser.getDoubleValue();
            DecimalDigits.lost(text, value).ifPresent(lost -> problems.add(line, path, "the number " + text + lost));
            return new Scalar(value, text, "");
        } catch (JsonParseException e) {
            return new Scalar(text, text, "");
        }
    }

    private Scalar text(String path, int line) throws IOException {
        String text = parser.getText();
        if (text.isEmpty()) {
            return new Scalar(null, "", "");
        }
        if (text.indexOf("${") < 0 || (topKey.equals("kafka") && !resolveKafka)) {
            return new Scalar(text, text, "");
        }
        try {
            String resolved = references.resolve(text);
            String reference = References.in(text);
            return new Scalar(text.equals(reference) ? typed(resolved) : resolved, resolved, reference);
        } catch (IllegalArgumentException e) {
            problems.add(line, path, e.getMessage());
            return new Scalar("", "", text);
        }
    }

    /**
     * What a reference alone stands for is read as if it stood in the file without quotes. Digits that no double holds are text, such as a
     * commit's 12e4567; a key that wants a number says so.
     */
    private static Object typed(String text) {
        if (WHOLE.matcher(text).matches()) {
            return Long.valueOf(text);
        }
        if (NUMBER.matcher(text).matches()) {
            double value = Double.parseDouble(text);
            return DecimalDigits.lost(text, value).isPresent() ? (Object) text : (Object) value;
        }
        return text.equals("true") || text.equals("false") ? (Object) Boolean.valueOf(text) : text;
    }

    private void checkPlain() throws IOException {
        if (parser.isCurrentAlias()) {
            throw refused("aliases (*) are not taken; write the value out");
        }
        if (parser.hasAnchor()) {
            throw refused("anchors (&) are not taken; write the value out");
        }
        if (parser.getTypeId() != null) {
            throw refused("tags (!) are not taken; write the value alone");
        }
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    private RefusedException refused(String message) {
        return new RefusedException(line(), message);
    }

    private static int line(JsonProcessingException e) {
        return e.getLocation() == null ? 0 : e.getLocation().getLineNr();
    }

    private static String reason(JsonProcessingException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof MarkedYAMLException marked && marked.getProblem() != null) {
                return oneLine(marked.getProblem());
            }
        }
        String message = e.getOriginalMessage();
        return message.startsWith("Expected a field name") ? "a key is to be text" : oneLine(message);
    }

    /** What is most often wrong where a reference stands. */
    private static String hint(String text, int line) {
        boolean reference =
                text.lines().skip(Math.max(0, line - 1)).findFirst().orElse("").contains("${");
        return reference ? "; a reference inside { } or [ ] needs quotes: \"${ENV:NAME}\"" : "";
    }

    private static String oneLine(String text) {
        String line = text.lines().findFirst().orElse("").strip();
        return line.length() > 200 ? line.substring(0, 200) + "…" : line;
    }

    /** Ends the reading. */
    private static final class RefusedException extends IOException {

        private static final long serialVersionUID = 1L;

        private final int line;

        RefusedException(int line, String message) {
            super(message);
            this.line = line;
        }
    }
}
