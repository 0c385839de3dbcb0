package io.gradstream.pipeline.features;

import static io.gradstream.pipeline.features.PlanDraft.OF;

import io.gradstream.connectors.formats.FieldType;
import io.gradstream.model.InputLayout;
import io.gradstream.model.InputSpec;
import io.gradstream.pipeline.features.ListColumns.ImageColumn;
import io.gradstream.pipeline.features.ListColumns.ListColumn;
import io.gradstream.pipeline.features.ListColumns.SequenceColumn;
import io.gradstream.pipeline.features.ListColumns.TokensColumn;
import java.util.Set;

/** Sequences, images and texts: their columns, behind all single numbers and categories. */
final class ListPlanner {

    private final PlanDraft draft;

    ListPlanner(PlanDraft draft) {
        this.draft = draft;
    }

    void add(FeatureSpec feature) {
        boolean list = feature instanceof SequenceFeature
                || feature instanceof ImageFeature
                || feature instanceof TokensFeature;
        if (!list) {
            return;
        }
        if (feature.of().size() != 1) {
            draft.problem(OF, "takes one field; write one entry per field");
            return;
        }
        String path = feature.of().get(0);
        InputLayout before = draft.plan.layout();
        if (feature instanceof SequenceFeature f) {
            String name = input(f.name().orElse(path));
            int field = draft.field(path, FieldType.NUMBERS);
            column(
                    before,
                    new SequenceColumn(
                            name,
                            field,
                            path,
                            f.steps(),
                            f.width(),
                            f.keep(),
                            f.required(),
                            before.numbers(),
                            before.ids()));
        } else if (feature instanceof ImageFeature f) {
            String name = input(f.name().orElse(path));
            int field = draft.field(path, FieldType.NUMBERS);
            column(
                    before,
                    new ImageColumn(
                            name, field, path, f.height(), f.width(), f.channels(), f.divideBy(), before.numbers()));
        } else if (feature instanceof TokensFeature f) {
            String name = input(f.name().orElse(path));
            int field = draft.field(path, FieldType.TEXT);
            column(
                    before,
                    new TokensColumn(
                            name, field, path, f.steps(), f.buckets(), f.by(), f.keep(), f.required(), before.ids()));
        }
    }

    /** What no row can hold is a problem of its feature. */
    private void column(InputLayout before, ListColumn list) {
        try {
            InputSpec input = list.input();
            Math.addExact(before.numbers(), input.numbers());
            Math.addExact(before.ids(), input.ids());
            draft.plan.lists.add(list);
        } catch (IllegalArgumentException e) {
            draft.problem(OF, e.getMessage());
        } catch (ArithmeticException e) {
            draft.problem(OF, "all lists of a row have more than 2^31 - 1 numbers or ids");
        }
    }

    /** Claims the name of an input. */
    private String input(String name) {
        draft.claim(name);
        if (Set.of(FeaturePlan.NUMBERS, FeaturePlan.CATEGORIES, FeaturePlan.CROSSES)
                .contains(name)) {
            draft.problem(
                    "name", "'" + name + "' is the input of all single " + name + "; give this one another 'name'");
        }
        return name;
    }
}
