package io.gradstream.pipeline.config;

import io.gradstream.model.spec.Kind;
import io.gradstream.pipeline.config.Section.Origin;
import io.gradstream.pipeline.features.FeatureSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes out what the file may say in short, so that the rest reads one form: {@code {log: distance}} becomes {@code {kind: log, of: [distance]}},
 * one topic becomes a list of one, {@code 2^18} its value. Each value keeps its place and its words.
 */
final class ShortForms {

    private static final Set<String> FEATURES = kinds(FeatureSpec.class);
    private static final Set<String> FORMATS = kinds(FormatSpec.class);
    private static final Map<String, String> FORMAT_CONTENT = Map.of("avro", "schema", "csv", "columns");
    private static final Pattern POWER = Pattern.compile("([1-9][0-9]{0,3})\\s*\\^\\s*(0|[1-9][0-9]?)");
    private static final String KIND = "kind";

    private ShortForms() {}

    private static Set<String> kinds(Class<?> sealed) {
        return Arrays.stream(sealed.getPermittedSubclasses())
                .map(kind -> kind.getAnnotation(Kind.class).value())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Changes the tree of a pipeline in place. */
    static void writeOut(Section root) {
        features(root);
        if (root.get("input") instanceof Section input) {
            list(input, "topic");
            format(input);
        }
        if (root.get("label") instanceof Section label) {
            list(label, "topic");
            list(label, "classes");
            texts(label, "classes");
            text(label, "default");
            format(label);
        }
        if (root.get("model") instanceof Section model && model.containsKey("layers") && !model.containsKey("preset")) {
            model.put("preset", "layers", model.origin("layers"));
        }
        if (root.get("output") instanceof Section output && output.get("snapshots") instanceof Section snapshots) {
            text(snapshots, "every");
        }
        if (root.get("replay") instanceof Section replay) {
            list(replay, "known-at");
            text(replay, "delay");
        }
        if (root.get("kafka") instanceof Section kafka) {
            List.copyOf(kafka.keySet()).forEach(key -> text(kafka, key));
        }
    }

    private static void features(Section root) {
        if (!(root.get("features") instanceof Items features)) {
            return;
        }
        for (int i = 0; i < features.size(); i++) {
            if (features.get(i) instanceof Section feature && !feature.isEmpty()) {
                Section kind = byKind(feature, FEATURES, Map.of(), "of");
                list(kind, "of");
                power(kind, "buckets");
                features.set(i, kind);
            }
        }
    }

    private static void format(Section parent) {
        if (parent.get("format") instanceof Section format && !format.isEmpty()) {
            Section kind = byKind(format, FORMATS, FORMAT_CONTENT, "");
            list(kind, "columns");
            parent.put("format", kind, parent.origin("format"));
        }
    }

    /**
     * {@code {log: distance, missing: indicator}} as {@code {kind: log, of: distance, missing: indicator}}. The kind is the first key that is
     * the name of one, or else the first key, which is then refused as a kind.
     */
    private static Section byKind(Section given, Set<String> kinds, Map<String, String> contents, String usual) {
        if (given.containsKey(KIND)) {
            return given;
        }
        String name = given.keySet().stream()
                .filter(kinds::contains)
                .findFirst()
                .orElse(given.keySet().iterator().next());
        Section written = new Section();
        written.put(KIND, name, given.origin(name));
        String content = contents.getOrDefault(name, usual);
        for (Map.Entry<String, Object> each : given.entrySet()) {
            Origin origin = given.origin(each.getKey());
            if (!each.getKey().equals(name)) {
                written.put(each.getKey(), each.getValue(), origin);
            } else if (each.getValue() instanceof Section inside) {
                inside.forEach((key, value) -> written.put(key, value, inside.origin(key)));
            } else if (each.getValue() != null && !content.isEmpty()) {
                written.put(content, each.getValue(), origin);
            }
        }
        return written;
    }

    /** A scalar as a list of one. */
    private static void list(Section section, String key) {
        Object value = section.get(key);
        if (value != null && !(value instanceof Items) && !(value instanceof Section && !key.equals("known-at"))) {
            Items items = new Items();
            items.add(value, section.origin(key).as(""));
            section.put(key, items, section.origin(key));
        }
    }

    /** A scalar as the text that stands in the file. */
    private static void text(Section section, String key) {
        if (section.get(key) instanceof Number || section.get(key) instanceof Boolean) {
            section.put(key, section.origin(key).text());
        }
    }

    private static void texts(Section section, String key) {
        if (section.get(key) instanceof Items items) {
            for (int i = 0; i < items.size(); i++) {
                if (items.get(i) instanceof Number || items.get(i) instanceof Boolean) {
                    items.set(i, items.origin(i).text());
                }
            }
        }
    }

    /** 2^18 as its value. */
    private static void power(Section section, String key) {
        if (section.get(key) instanceof String text) {
            Matcher power = POWER.matcher(text);
            if (power.matches()) {
                double value = Math.pow(Integer.parseInt(power.group(1)), Integer.parseInt(power.group(2)));
                if (value <= Long.MAX_VALUE / 2) {
                    section.put(key, Math.round(value));
                }
            }
        }
    }
}
