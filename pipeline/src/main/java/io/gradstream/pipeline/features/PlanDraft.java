package io.gradstream.pipeline.features;

import io.gradstream.connectors.formats.FieldType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** A plan as it grows: gives each feature its fields, its names and its places in the row, and takes its problems. */
final class PlanDraft {

    static final String OF = "of";

    final FeaturePlan plan = new FeaturePlan();

    private final UsedFields fields;
    private final FeaturePlan.Problems problems;
    private final Set<String> names = new HashSet<>();
    private int current;

    PlanDraft(UsedFields fields, FeaturePlan.Problems problems) {
        this.fields = fields;
        this.problems = problems;
    }

    /** Plans features one after another; problems are those of the one at hand. */
    void forEach(List<FeatureSpec> features, Consumer<FeatureSpec> step) {
        for (current = 0; current < features.size(); current++) {
            step.accept(features.get(current));
        }
    }

    /** Index of a field that is read. */
    int field(String path, FieldType type) {
        try {
            return fields.index(path, type);
        } catch (IllegalArgumentException e) {
            problem(OF, e.getMessage());
            return 0;
        }
    }

    /** The next place among the numbers. */
    int number(String name) {
        claim(name);
        plan.numberNames.add(name);
        return plan.numberNames.size() - 1;
    }

    /** The next place among the categories. */
    int category(String name, int buckets) {
        claim(name);
        plan.categoryNames.add(name);
        plan.categoryBuckets.add(buckets);
        return plan.categoryNames.size() - 1;
    }

    /** So many ids, if they are enough. */
    int buckets(int buckets) {
        if (buckets < 2) {
            problem("buckets", "must be at least 2 (one is for missing), was " + buckets);
            return 2;
        }
        return buckets;
    }

    /** Each name is one feature's. */
    void claim(String name) {
        if (name.isBlank()) {
            problem("name", "must not be empty");
        } else if (!names.add(name)) {
            problem("name", "a feature '" + name + "' is there already; give this one another 'name'");
        }
    }

    void problem(String key, String problem) {
        problems.add(current, key, problem);
    }
}
