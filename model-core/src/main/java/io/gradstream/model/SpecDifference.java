package io.gradstream.model;

import io.gradstream.model.spec.SpecWriter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Finds where two specs differ first. */
final class SpecDifference {
    private SpecDifference() {}

    /** As in {@code layers[2].units: wanted 64, the snapshot has 32}. */
    static String first(ModelSpec wanted, ModelSpec came) {
        String found = first("", SpecWriter.tree(wanted), SpecWriter.tree(came));
        return found == null ? "nothing differs" : found;
    }

    private static String first(String path, Object wanted, Object came) {
        if (wanted instanceof Map<?, ?> wantedMap && came instanceof Map<?, ?> cameMap) {
            Set<Object> keys = new LinkedHashSet<>(wantedMap.keySet());
            keys.addAll(cameMap.keySet());
            for (Object key : keys) {
                String at = path.isEmpty() ? key.toString() : path + "." + key;
                String found = first(at, wantedMap.get(key), cameMap.get(key));
                if (found != null) {
                    return found;
                }
            }
            return null;
        }
        if (wanted instanceof List<?> wantedList && came instanceof List<?> cameList) {
            for (int i = 0; i < Math.max(wantedList.size(), cameList.size()); i++) {
                Object left = i < wantedList.size() ? wantedList.get(i) : null;
                Object right = i < cameList.size() ? cameList.get(i) : null;
                String found = first(path + "[" + i + "]", left, right);
                if (found != null) {
                    return found;
                }
            }
            return null;
        }
        return Objects.equals(wanted, came)
                ? null
                : path + ": wanted " + text(wanted) + ", the snapshot has " + text(came);
    }

    private static String text(Object value) {
        return value == null ? "none" : value.toString();
    }
}
