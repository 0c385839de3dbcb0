package io.gradstream.pipeline.config;

import io.gradstream.connectors.formats.AvroFormat;
import io.gradstream.connectors.formats.CsvFormat;
import io.gradstream.connectors.formats.FormatSettings;
import io.gradstream.model.spec.Json;
import io.gradstream.model.spec.JsonException;
import io.gradstream.model.spec.SpecWriter;
import io.gradstream.pipeline.features.FeatureSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What a snapshot says of its pipeline, and where two pipelines differ in what they make of an event. */
final class About {

    private static final String FEATURES = "features";
    private static final String LABEL = "label";

    private About() {}

    /** @param labels null if they come in the events */
    static Map<String, String> of(PipelineSpec spec, FormatSettings events, FormatSettings labels) {
        Map<String, String> about = new LinkedHashMap<>();
        about.put("pipeline", spec.name());
        about.put(FEATURES, Json.write(features(spec.features())));
        about.put(LABEL, Json.write(label(spec.label())));
        if (events != null) {
            about.put("event-format", format(events));
        }
        if (labels != null) {
            about.put("label-format", format(labels));
        }
        return about;
    }

    /** Features as a tree, without what decides nothing about a row that is accepted. */
    private static List<Object> features(List<FeatureSpec> features) {
        List<Object> trees = new ArrayList<>();
        for (FeatureSpec feature : features) {
            Map<String, Object> tree = new LinkedHashMap<>();
            ((Map<?, ?>) SpecWriter.tree(feature)).forEach((key, value) -> tree.put((String) key, value));
            tree.remove("required");
            trees.add(tree);
        }
        return trees;
    }

    private static Map<String, Object> label(LabelSpec label) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("field", label.field());
        label.threshold().ifPresent(threshold -> tree.put("threshold", threshold));
        tree.put("classes", label.classes());
        return tree;
    }

    private static String format(FormatSettings format) {
        if (format instanceof AvroFormat avro) {
            return avro.schemaJson().strip();
        }
        return format instanceof CsvFormat csv
                ? "csv: " + String.join(String.valueOf(csv.delimiter()), csv.columns())
                : "json";
    }

    /**
     * The first thing in features or label that differs; what one of the two does not say is not compared.
     *
     * @throws IllegalArgumentException when what {@code there} says is no JSON
     */
    static Optional<String> difference(Map<String, String> here, Map<String, String> there) {
        for (String key : List.of(FEATURES, LABEL)) {
            if (here.containsKey(key) && there.containsKey(key)) {
                String found = difference(key, Json.read(here.get(key)), read(key, there.get(key)));
                if (found != null) {
                    return Optional.of(found);
                }
            }
        }
        return Optional.empty();
    }

    private static Object read(String key, String text) {
        try {
            return Json.read(text);
        } catch (JsonException e) {
            throw new IllegalArgumentException("metadata '" + key + "' is no JSON " + e.getMessage(), e);
        }
    }

    private static String difference(String path, Object here, Object there) {
        if (here instanceof Map<?, ?> a && there instanceof Map<?, ?> b) {
            Set<Object> keys = new LinkedHashSet<>(a.keySet());
            keys.addAll(b.keySet());
            for (Object key : keys) {
                String found = difference(path + "." + key, a.get(key), b.get(key));
                if (found != null) {
                    return found;
                }
            }
            return null;
        }
        if (here instanceof List<?> a && there instanceof List<?> b) {
            for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
                String found = difference(
                        path + "[" + i + "]", i < a.size() ? a.get(i) : null, i < b.size() ? b.get(i) : null);
                if (found != null) {
                    return found;
                }
            }
            return null;
        }
        return Objects.equals(here, there)
                ? null
                : path + " is " + shown(here) + " here, and was " + shown(there) + " for the model";
    }

    private static String shown(Object value) {
        return value == null ? "not there" : Json.write(value);
    }
}
