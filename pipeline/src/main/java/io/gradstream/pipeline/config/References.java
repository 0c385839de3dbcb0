package io.gradstream.pipeline.config;

import io.gradstream.model.spec.OneLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values that are not in the file itself: {@code ${ENV:NAME}} is an environment variable, {@code ${FILE:path}} the text of a file next to the
 * pipeline's, without the end of its last line. {@code $${} is a plain {@code ${}. What they stand for may be secret and is never shown:
 * {@link #hide} puts the reference back in its place.
 */
final class References {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\$\\{|\\$\\{([^}]*)}");
    private static final String WANTED = "wanted ${ENV:NAME} or ${FILE:path}; write $${ where ${ itself is meant";
    private static final int LONGEST_FILE = 64 * 1024;
    private static final int LONGEST_SHOWN = 57; // what messages show of a long text
    private static final int SHORTEST_HIDDEN = 4; // below that it would hide every other digit of a message

    private final Path folder;
    private final Map<String, String> environment;
    private final Map<String, String> referenceByValue =
            new TreeMap<>(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    /** @param folder against which files are resolved */
    References(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    /** The references in a text, one after another; empty if there is none. */
    static String in(String text) {
        List<String> found = new ArrayList<>();
        Matcher matcher = REFERENCE.matcher(text);
        while (matcher.find()) {
            if (!matcher.group().startsWith("$$")) {
                found.add(matcher.group());
            }
        }
        return String.join(" ", found);
    }

    /** @throws IllegalArgumentException when something is not there; the message names the reference and no value */
    String resolve(String text) {
        if (text.indexOf("${") < 0) {
            return text;
        }
        Matcher matcher = REFERENCE.matcher(text);
        StringBuilder resolved = new StringBuilder();
        while (matcher.find()) {
            String value = matcher.group().startsWith("$$")
                    ? matcher.group().substring(1)
                    : value(matcher.group(), matcher.group(1));
            matcher.appendReplacement(resolved, Matcher.quoteReplacement(value));
        }
        StringBuilder tail = matcher.appendTail(new StringBuilder());
        if (tail.indexOf("${") >= 0) {
            throw new IllegalArgumentException("${ has no }; " + WANTED);
        }
        return resolved.append(tail).toString();
    }

    private String value(String reference, String inside) {
        String value;
        if (inside.equals("ENV:") || inside.equals("FILE:")) {
            throw new IllegalArgumentException(reference + ": names nothing; " + WANTED);
        }
        if (inside.startsWith("ENV:")) {
            value = environment.get(inside.substring(4));
            if (value == null) {
                throw new IllegalArgumentException(
                        reference + ": no environment variable " + inside.substring(4) + "; set it before the start");
            }
        } else if (inside.startsWith("FILE:")) {
            value = file(reference, inside.substring(5));
        } else {
            throw new IllegalArgumentException(reference + ": " + WANTED);
        }
        remember(value, reference);
        return value;
    }

    private String file(String reference, String path) {
        try {
            Path file = folder.resolve(path);
            if (!Files.isRegularFile(file)) {
                throw new IllegalArgumentException(reference + ": " + Resources.noFile(file));
            }
            if (Files.size(file) > LONGEST_FILE) {
                throw new IllegalArgumentException(
                        reference + ": " + file + " has more than " + LONGEST_FILE + " bytes");
            }
            return Files.readString(file, StandardCharsets.UTF_8).replaceFirst("\\R\\z", "");
        } catch (InvalidPathException | IOException e) {
            throw new IllegalArgumentException(reference + ": cannot be read as UTF-8 text: " + reason(e), e);
        }
    }

    private static String reason(Exception e) {
        return e.getClass().getSimpleName();
    }

    private void remember(String value, String reference) {
        for (String form : List.of(value, value.strip(), OneLine.escaped(value))) {
            hide(form, reference);
            if (form.length() > LONGEST_SHOWN) {
                hide(form.substring(0, LONGEST_SHOWN), reference);
            }
        }
        value.lines().forEach(line -> hide(line, reference));
    }

    private void hide(String form, String reference) {
        if (form.length() >= SHORTEST_HIDDEN) {
            referenceByValue.putIfAbsent(form, reference);
        }
    }

    /** The text with every value that came from a reference replaced by that reference. */
    String hide(String text) {
        String hidden = text;
        for (Map.Entry<String, String> each : referenceByValue.entrySet()) {
            hidden = hidden.replace(each.getKey(), each.getValue());
        }
        return hidden;
    }
}
