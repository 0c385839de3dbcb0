package io.gradstream.pipeline.features;

import io.gradstream.connectors.formats.FieldType;
import io.gradstream.model.InputLayout;
import io.gradstream.model.InputSpec;
import io.gradstream.pipeline.features.Columns.CrossColumn;
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
import io.gradstream.pipeline.features.ListColumns.ImageColumn;
import io.gradstream.pipeline.features.ListColumns.ListColumn;
import io.gradstream.pipeline.features.ListColumns.SequenceColumn;
import io.gradstream.pipeline.features.ListColumns.TokensColumn;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Turns features into columns: first all that read fields, in the order of the file, then the crosses of them. */
final class FeaturePlanner {

    private static final String OF = "of";
    private static final String ONE_TIME = "takes one time field; write one entry per field, each with a name";

    private final List<FeatureSpec> features;
    private final UsedFields fields;
    private final FeaturePlan.Problems problems;
    private final FeaturePlan plan = new FeaturePlan();
    private final Set<String> names = new HashSet<>();
    private int current;

    FeaturePlanner(List<FeatureSpec> features, UsedFields fields, FeaturePlan.Problems problems) {
        this.features = features;
        this.fields = fields;
        this.problems = problems;
    }

    FeaturePlan plan() {
        forEach(this::addPlain);
        forEach(this::addCrosses);
        forEach(this::addList);
        return plan;
    }

    private void forEach(Consumer<FeatureSpec> step) {
        for (current = 0; current < features.size(); current++) {
            step.accept(features.get(current));
        }
    }

    private void addPlain(FeatureSpec feature) {
        if (feature.of().isEmpty()) {
            problem(OF, "names no field");
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
            problem(
                    "name",
                    "one name for " + paths.size() + " fields; write one entry per field, or leave the name out");
            return;
        }
        for (String path : paths) {
            add.add(path, given.orElse(prefix + path));
        }
    }

    private void addNumber(String path, FieldType type, String name, NumberOf of, Missing missing, boolean required) {
        int field = field(path, type);
        int at = number(name);
        int indicatorAt = missing == Missing.INDICATOR ? number(name + "-missing") : -1;
        plan.numbers.add(new NumberColumn(field, path, of, required, at, indicatorAt));
    }

    private void addFlag(String path, String name, FeatureSpec.Flag feature) {
        if (feature.as() == FlagAs.NUMBER) {
            addNumber(path, FieldType.BOOLEAN, name, NumberOf.FLAG, feature.missing(), feature.required());
            return;
        }
        if (feature.missing() == Missing.INDICATOR) {
            problem("missing", "a category has an id of its own for missing; leave 'missing' out");
        }
        plan.flags.add(new FlagColumn(field(path, FieldType.BOOLEAN), path, feature.required(), category(name, 3)));
    }

    private void addBuckets(FeatureSpec.Bucket feature) {
        double[] edges =
                feature.edges().stream().mapToDouble(Double::doubleValue).toArray();
        if (edges.length == 0) {
            problem("edges", "needs at least one edge");
        }
        for (int i = 0; i < edges.length; i++) {
            if (!Double.isFinite(edges[i]) || (i > 0 && edges[i] <= edges[i - 1])) {
                problem("edges", "must be finite and ascend, but " + edges[i] + " is at position " + (i + 1));
                break;
            }
        }
        each(feature.of(), feature.name(), "bucket-", (path, name) -> {
            int at = category(name, edges.length + 2);
            plan.intervals.add(new IntervalColumn(field(path, FieldType.NUMBER), path, feature.required(), edges, at));
        });
    }

    private void addCategorical(FeatureSpec.Categorical feature) {
        int buckets = buckets(feature.buckets());
        each(feature.of(), feature.name(), "", (path, name) -> {
            int at = category(name, buckets);
            plan.texts.add(new TextColumn(field(path, FieldType.TEXT), path, feature.required(), buckets, at));
        });
    }

    private void addTime(
            List<String> of, Optional<String> given, String usual, TimePart part, TimeAs as, boolean required) {
        if (of.size() != 1) {
            problem(OF, ONE_TIME);
            return;
        }
        String path = of.get(0);
        int field = field(path, FieldType.TIME);
        String name = given.orElse(usual);
        if (as == TimeAs.CATEGORY) {
            plan.times.add(new TimeColumn(field, path, part, required, category(name, part.count + 1)));
        } else {
            int at = number(name);
            plan.numberNames.set(at, name + "-sine");
            plan.numberNames.add(name + "-cosine");
            plan.cycles.add(new CycleColumn(field, path, part, required, at));
        }
    }

    private void addTimeOfDay(FeatureSpec.TimeOfDay feature) {
        if (feature.of().size() != 1) {
            problem(OF, ONE_TIME);
            return;
        }
        String path = feature.of().get(0);
        long slotMillis = feature.every().toMillis();
        int slots = (int) ((Times.DAY + slotMillis - 1) / slotMillis);
        int at = category(feature.name().orElse("time-of-day"), slots + 1);
        plan.slots.add(new SlotColumn(field(path, FieldType.TIME), path, slotMillis, feature.required(), at));
    }

    /** What has an input of its own, behind all single numbers and categories. */
    private void addList(FeatureSpec feature) {
        boolean list = feature instanceof SequenceFeature
                || feature instanceof ImageFeature
                || feature instanceof TokensFeature;
        if (!list) {
            return;
        }
        if (feature.of().size() != 1) {
            problem(OF, "takes one field; write one entry per field");
            return;
        }
        String path = feature.of().get(0);
        InputLayout before = plan.layout();
        if (feature instanceof SequenceFeature f) {
            String name = input(f.name().orElse(path));
            int field = field(path, FieldType.NUMBERS);
            add(
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
            int field = field(path, FieldType.NUMBERS);
            add(
                    before,
                    new ImageColumn(
                            name, field, path, f.height(), f.width(), f.channels(), f.divideBy(), before.numbers()));
        } else if (feature instanceof TokensFeature f) {
            String name = input(f.name().orElse(path));
            int field = field(path, FieldType.TEXT);
            add(
                    before,
                    new TokensColumn(
                            name, field, path, f.steps(), f.buckets(), f.by(), f.keep(), f.required(), before.ids()));
        }
    }

    /** What no row can hold is a problem of its feature. */
    private void add(InputLayout before, ListColumn list) {
        try {
            InputSpec input = list.input();
            Math.addExact(before.numbers(), input.numbers());
            Math.addExact(before.ids(), input.ids());
            plan.lists.add(list);
        } catch (IllegalArgumentException e) {
            problem(OF, e.getMessage());
        } catch (ArithmeticException e) {
            problem(OF, "all lists of a row have more than 2^31 - 1 numbers or ids");
        }
    }

    /** Claims the name of an input. */
    private String input(String name) {
        claim(name);
        if (Set.of(FeaturePlan.NUMBERS, FeaturePlan.CATEGORIES, FeaturePlan.CROSSES)
                .contains(name)) {
            problem("name", "'" + name + "' is the input of all single " + name + "; give this one another 'name'");
        }
        return name;
    }

    private void addCrosses(FeatureSpec feature) {
        if (feature instanceof FeatureSpec.Cross f) {
            addCross(f.of(), f.name(), buckets(f.buckets()));
        } else if (feature instanceof FeatureSpec.AllPairs f) {
            int buckets = buckets(f.buckets());
            if (f.of().size() == 1) {
                problem(OF, "needs at least two features to pair");
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
            problem(OF, "a cross needs at least two features that differ, was " + of);
            return;
        }
        String name = given.orElse(String.join("-x-", of));
        int[] parts = new int[of.size()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = plan.categoryNames.indexOf(of.get(i));
            if (parts[i] < 0) {
                problem(OF, noSuchCategory(of.get(i)));
                return;
            }
        }
        claim(name);
        int at = plan.categoryNames.size() + plan.crossNames.size();
        plan.crossNames.add(name);
        plan.crossBuckets.add(buckets);
        byte[] salt = name.getBytes(StandardCharsets.UTF_8);
        plan.crosses.add(new CrossColumn(Hashing.xxh64(salt, 0, salt.length), parts, buckets, at));
    }

    private String noSuchCategory(String name) {
        if (plan.numberNames.contains(name) || plan.numberNames.contains(name + "-sine")) {
            return "'" + name + "' is a number; a cross is of categories: use bucket, or as: category";
        }
        List<String> known = new ArrayList<>(plan.categoryNames);
        return "no feature '" + name + "' that is a category; known: "
                + (known.isEmpty() ? "none" : String.join(", ", known));
    }

    private int field(String path, FieldType type) {
        try {
            return fields.index(path, type);
        } catch (IllegalArgumentException e) {
            problem(OF, e.getMessage());
            return 0;
        }
    }

    private int number(String name) {
        claim(name);
        plan.numberNames.add(name);
        return plan.numberNames.size() - 1;
    }

    private int category(String name, int buckets) {
        claim(name);
        plan.categoryNames.add(name);
        plan.categoryBuckets.add(buckets);
        return plan.categoryNames.size() - 1;
    }

    private int buckets(int buckets) {
        if (buckets < 2) {
            problem("buckets", "must be at least 2 (one is for missing), was " + buckets);
            return 2;
        }
        return buckets;
    }

    private void claim(String name) {
        if (name.isBlank()) {
            problem("name", "must not be empty");
        } else if (!names.add(name)) {
            problem("name", "a feature '" + name + "' is there already; give this one another 'name'");
        }
    }

    private void problem(String key, String problem) {
        problems.add(current, key, problem);
    }
}
