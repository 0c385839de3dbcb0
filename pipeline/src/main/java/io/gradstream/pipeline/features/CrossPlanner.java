package io.gradstream.pipeline.features;

import static io.gradstream.pipeline.features.PlanDraft.OF;

import io.gradstream.pipeline.features.Columns.CrossColumn;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Crosses of categories: their columns, once all categories are known. */
final class CrossPlanner {

    private final PlanDraft draft;

    CrossPlanner(PlanDraft draft) {
        this.draft = draft;
    }

    void add(FeatureSpec feature) {
        if (feature instanceof FeatureSpec.Cross f) {
            addCross(f.of(), f.name(), draft.buckets(f.buckets()));
        } else if (feature instanceof FeatureSpec.AllPairs f) {
            int buckets = draft.buckets(f.buckets());
            if (f.of().size() == 1) {
                draft.problem(OF, "needs at least two features to pair");
            }
            for (int i = 0; i < f.of().size(); i++) {
                for (int j = i + 1; j < f.of().size(); j++) {
                    addCross(List.of(f.of().get(i), f.of().get(j)), Optional.empty(), buckets);
                }
            }
        }
    }

    private void addCross(List<String> of, Optional<String> given, int buckets) {
        if (of.size() == 1 || new HashSet<>(of).size() < of.size()) {
            draft.problem(OF, "a cross needs at least two features that differ, was " + of);
            return;
        }
        String name = given.orElse(String.join("-x-", of));
        int[] parts = new int[of.size()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = draft.plan.categoryNames.indexOf(of.get(i));
            if (parts[i] < 0) {
                draft.problem(OF, noSuchCategory(of.get(i)));
                return;
            }
        }
        draft.claim(name);
        int at = draft.plan.categoryNames.size() + draft.plan.crossNames.size();
        draft.plan.crossNames.add(name);
        draft.plan.crossBuckets.add(buckets);
        byte[] salt = name.getBytes(StandardCharsets.UTF_8);
        draft.plan.crosses.add(new CrossColumn(Hashing.xxh64(salt, 0, salt.length), parts, buckets, at));
    }

    private String noSuchCategory(String name) {
        if (draft.plan.numberNames.contains(name) || draft.plan.numberNames.contains(name + "-sine")) {
            return "'" + name + "' is a number; a cross is of categories: use bucket, or as: category";
        }
        List<String> known = new ArrayList<>(draft.plan.categoryNames);
        return "no feature '" + name + "' that is a category; known: "
                + (known.isEmpty() ? "none" : String.join(", ", known));
    }
}
