package io.gradstream.model;

import io.gradstream.model.optimizers.OptimizerSpec;
import io.gradstream.model.spec.SpecWriter;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Finds where two specs differ first in what decides tensors and what they mean.
 *
 * <p>The schedule, clipping, the batch size and the learning rate only say how the next steps are made. FTRL is apart: its weights are
 * computed from its slots by its rate, so another rate would change all of them at once.
 */
final class SpecDifference {
    private static final Set<String> OF_STEPS = Set.of("schedule", "clipping", "batch-size");
    private static final String OPTIMIZER = "optimizer";
    private static final String LEARNING_RATE = "learning-rate";

    private SpecDifference() {}

    /** As in {@code layers[2].units: wanted 64, the snapshot has 32}; empty if a learner may go on from the other. */
    static Optional<String> first(ModelSpec wanted, ModelSpec came) {
        return Optional.ofNullable(first("", tree(wanted), tree(came)));
    }

    private static Map<Object, Object> tree(ModelSpec spec) {
        Map<Object, Object> tree = new LinkedHashMap<>((Map<?, ?>) SpecWriter.tree(spec));
        tree.keySet().removeAll(OF_STEPS);
        if (!(spec.optimizer() instanceof OptimizerSpec.Ftrl)) {
            Map<Object, Object> optimizer = new LinkedHashMap<>((Map<?, ?>) tree.get(OPTIMIZER));
            optimizer.remove(LEARNING_RATE);
            tree.put(OPTIMIZER, optimizer);
        }
        return tree;
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
