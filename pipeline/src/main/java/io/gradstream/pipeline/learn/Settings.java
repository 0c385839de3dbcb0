package io.gradstream.pipeline.learn;

import io.gradstream.model.ModelSpec;
import io.gradstream.model.guard.GuardSpec;
import io.gradstream.model.spec.SpecWriter;
import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.config.Pipeline.Input;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What may be another in the pipeline file when state is gone on from, by the keys of that file, as text. */
final class Settings {

    private static final String LABEL_TOPIC = "label.topic";
    private static final String LABEL_WAIT = "label.wait";

    private Settings() {}

    /** Those beside the model. */
    static Map<String, String> of(Pipeline pipeline) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("order", pipeline.order().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        settings.put("input.remember-ids", Integer.toString(pipeline.events().rememberedIds()));
        if (pipeline.events().weight() != Input.EQUAL_WEIGHTS) {
            settings.put(
                    "input.weight",
                    pipeline.events().fields().get(pipeline.events().weight()).path());
        }
        GuardSpec guard = pipeline.guard();
        if (guard.enabled()) {
            settings.put("guard.window", Integer.toString(guard.window()));
            settings.put("guard.margin", Float.toString(guard.margin()));
            settings.put("guard.back-off", Float.toString(guard.backOff()));
        }
        settings.put(
                "output.metrics.window", Integer.toString(pipeline.outputs().window()));
        if (!pipeline.labelInEvent()) {
            float byDefault = pipeline.labels().byDefault();
            settings.put(
                    LABEL_TOPIC, String.join(", ", pipeline.labels().input().topics()));
            settings.put(LABEL_WAIT, waitOf(pipeline));
            settings.put("label.default", Float.isNaN(byDefault) ? "none" : Float.toString(byDefault));
            settings.put("label.max-waiting", Long.toString(pipeline.labels().maxWaiting()));
        }
        return settings;
    }

    /** Whether labels came apart from their events where these are the settings beside the model. */
    static boolean labelsApart(Map<String, String> settings) {
        return settings.containsKey(LABEL_WAIT);
    }

    /** Whether labels were waited for as long as the pipeline has it now, or it is not known how long. */
    static boolean haveWaitOf(Map<String, String> settings, Pipeline pipeline) {
        return settings.getOrDefault(LABEL_WAIT, waitOf(pipeline)).equals(waitOf(pipeline));
    }

    private static String waitOf(Pipeline pipeline) {
        return pipeline.labels().waitMillis() + "ms";
    }

    /** What differs beside the model; the labels' topic is not in older checkpoints. */
    static List<String> changes(Map<String, String> before, Pipeline pipeline) {
        Map<String, String> now = of(pipeline);
        if (!before.containsKey(LABEL_TOPIC)) {
            now.remove(LABEL_TOPIC);
        }
        return changes(before, now);
    }

    /** Those of the model. */
    static Map<String, String> of(ModelSpec spec) {
        Map<String, String> settings = new LinkedHashMap<>();
        flatten("", SpecWriter.tree(spec), settings);
        return settings;
    }

    /** What differs, each as in {@code batch-size 16 → 32}. */
    static List<String> changes(Map<String, String> before, Map<String, String> now) {
        Set<String> keys = new LinkedHashSet<>(before.keySet());
        keys.addAll(now.keySet());
        return keys.stream()
                .filter(key -> !Objects.equals(before.get(key), now.get(key)))
                .map(key -> key + " " + before.getOrDefault(key, "none") + " → " + now.getOrDefault(key, "none"))
                .toList();
    }

    private static void flatten(String path, Object value, Map<String, String> settings) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, each) -> flatten(path.isEmpty() ? key.toString() : path + "." + key, each, settings));
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                flatten(path + "[" + i + "]", list.get(i), settings);
            }
        } else {
            settings.put(path, String.valueOf(value));
        }
    }
}
