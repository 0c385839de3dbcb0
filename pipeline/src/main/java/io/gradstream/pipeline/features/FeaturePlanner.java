package io.gradstream.pipeline.features;

import static io.gradstream.pipeline.features.PlanDraft.OF;

import io.gradstream.connectors.formats.FieldType;
import io.gradstream.pipeline.features.Columns.CycleColumn;
import io.gradstream.pipeline.features.Columns.FlagColumn;
import io.gradstream.pipeline.features.Columns.IntervalColumn;
import io.gradstream.pipeline.features.Columns.NumberColumn;
import io.gradstream.pipeline.features.Columns.NumberOf;
import io.gradstream.pipeline.features.Columns.SlotColumn;
import io.gradstream.pipeline.features.Columns.TextColumn;
import io.gradstream.pipeline.features.Columns.TimeColumn;
import io.gradstream.pipeline.features.Columns.TimePart;
import io.gradstream.pipeline.features.FeatureSpec.FlagAs;
import io.gradstream.pipeline.features.FeatureSpec.Missing;
import io.gradstream.pipeline.features.FeatureSpec.TimeAs;
import java.util.List;
import java.util.Optional;

/** Turns features into columns: first all that read fields, in the order of the file, then the crosses of them, then what is a list. */
final class FeaturePlanner {

    private static final String ONE_TIME = "takes one time field; write one entry per field, each with a name";

    private final List<FeatureSpec> features;
    private final PlanDraft draft;
    private final FeaturePlan plan;

    FeaturePlanner(List<FeatureSpec> features, UsedFields fields, FeaturePlan.Problems problems) {
        this.features = features;
        draft = new PlanDraft(fields, problems);
        plan = draft.plan;
    }

    FeaturePlan plan() {
        draft.forEach(features, this::addPlain);
        draft.forEach(features, new CrossPlanner(draft)::add);
        draft.forEach(features, new ListPlanner(draft)::add);
        return plan;
    }

    private void addPlain(FeatureSpec feature) {
        if (feature.of().isEmpty()) {
            draft.problem(OF, "names no field");
        }
        if (feature instanceof FeatureSpec.Numeric f) {
            each(
                    f.of(),
                    f.name(),
                    "",
                    (path, name) -> addNumber(path, FieldType.NUMBER, name, NumberOf.PLAIN, f.missing(), f.required()));
        } else if (feature instanceof FeatureSpec.Log f) {
            each(
                    f.of(),
                    f.name(),
                    "log-",
                    (path, name) -> addNumber(path, FieldType.NUMBER, name, NumberOf.LOG, f.missing(), f.required()));
        } else if (feature instanceof FeatureSpec.Flag f) {
            each(f.of(), f.name(), "", (path, name) -> addFlag(path, name, f));
        } else if (feature instanceof FeatureSpec.Bucket f) {
            addBuckets(f);
        } else if (feature instanceof FeatureSpec.Categorical f) {
            addCategorical(f);
        } else if (feature instanceof FeatureSpec.HourOfDay f) {
            addTime(f.of(), f.name(), "hour-of-day", TimePart.HOUR_OF_DAY, f.as(), f.required());
        } else if (feature instanceof FeatureSpec.TimeOfDay f) {
            addTimeOfDay(f);
        } else if (feature instanceof FeatureSpec.DayOfWeek f) {
            addTime(f.of(), f.name(), "day-of-week", TimePart.DAY_OF_WEEK, f.as(), f.required());
        } else if (feature instanceof FeatureSpec.Month f) {
            addTime(f.of(), f.name(), "month", TimePart.MONTH, f.as(), f.required());
        }
    }

    private interface OfField {
        void add(String path, String name);
    }

    /** Each field with the name of its feature. */
    private void each(List<String> paths, Optional<String> given, String prefix, OfField add) {
        if (given.isPresent() && paths.size() > 1) {
            draft.problem(
                    "name",
                    "one name for " + paths.size() + " fields; write one entry per field, or leave the name out");
            return;
        }
        for (String path : paths) {
            add.add(path, given.orElse(prefix + path));
        }
    }

    private void addNumber(String path, FieldType type, String name, NumberOf of, Missing missing, boolean required) {
        int field = draft.field(path, type);
        int at = draft.number(name);
        int indicatorAt = missing == Missing.INDICATOR ? draft.number(name + "-missing") : -1;
        plan.numbers.add(new NumberColumn(field, path, of, required, at, indicatorAt));
    }

    private void addFlag(String path, String name, FeatureSpec.Flag feature) {
        if (feature.as() == FlagAs.NUMBER) {
            addNumber(path, FieldType.BOOLEAN, name, NumberOf.FLAG, feature.missing(), feature.required());
            return;
        }
        if (feature.missing() == Missing.INDICATOR) {
            draft.problem("missing", "a category has an id of its own for missing; leave 'missing' out");
        }
        plan.flags.add(new FlagColumn(
                draft.field(path, FieldType.BOOLEAN), path, feature.required(), draft.category(name, 3)));
    }

    private void addBuckets(FeatureSpec.Bucket feature) {
        double[] edges =
                feature.edges().stream().mapToDouble(Double::doubleValue).toArray();
        if (edges.length == 0) {
            draft.problem("edges", "needs at least one edge");
        }
        for (int i = 0; i < edges.length; i++) {
            if (!Double.isFinite(edges[i]) || (i > 0 && edges[i] <= edges[i - 1])) {
                draft.problem("edges", "must be finite and ascend, but " + edges[i] + " is at position " + (i + 1));
                break;
            }
        }
        each(feature.of(), feature.name(), "bucket-", (path, name) -> {
            int at = draft.category(name, edges.length + 2);
            plan.intervals.add(
                    new IntervalColumn(draft.field(path, FieldType.NUMBER), path, feature.required(), edges, at));
        });
    }

    private void addCategorical(FeatureSpec.Categorical feature) {
        int buckets = draft.buckets(feature.buckets());
        each(feature.of(), feature.name(), "", (path, name) -> {
            int at = draft.category(name, buckets);
            plan.texts.add(new TextColumn(draft.field(path, FieldType.TEXT), path, feature.required(), buckets, at));
        });
    }

    private void addTime(
            List<String> of, Optional<String> given, String usual, TimePart part, TimeAs as, boolean required) {
        if (of.size() != 1) {
            draft.problem(OF, ONE_TIME);
            return;
        }
        String path = of.get(0);
        int field = draft.field(path, FieldType.TIME);
        String name = given.orElse(usual);
        if (as == TimeAs.CATEGORY) {
            plan.times.add(new TimeColumn(field, path, part, required, draft.category(name, part.count + 1)));
        } else {
            int at = draft.number(name);
            plan.numberNames.set(at, name + "-sine");
            plan.numberNames.add(name + "-cosine");
            plan.cycles.add(new CycleColumn(field, path, part, required, at));
        }
    }

    private void addTimeOfDay(FeatureSpec.TimeOfDay feature) {
        if (feature.of().size() != 1) {
            draft.problem(OF, ONE_TIME);
            return;
        }
        String path = feature.of().get(0);
        long slotMillis = feature.every().toMillis();
        int slots = (int) ((Times.DAY + slotMillis - 1) / slotMillis);
        int at = draft.category(feature.name().orElse("time-of-day"), slots + 1);
        plan.slots.add(new SlotColumn(draft.field(path, FieldType.TIME), path, slotMillis, feature.required(), at));
    }
}
