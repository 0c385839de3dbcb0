package io.gradstream.pipeline.features;

import io.gradstream.model.CategoryField;
import io.gradstream.model.InputLayout;
import io.gradstream.model.InputSpec;
import io.gradstream.pipeline.features.Columns.CrossColumn;
import io.gradstream.pipeline.features.Columns.CycleColumn;
import io.gradstream.pipeline.features.Columns.FlagColumn;
import io.gradstream.pipeline.features.Columns.IntervalColumn;
import io.gradstream.pipeline.features.Columns.NumberColumn;
import io.gradstream.pipeline.features.Columns.SlotColumn;
import io.gradstream.pipeline.features.Columns.TextColumn;
import io.gradstream.pipeline.features.Columns.TimeColumn;
import io.gradstream.pipeline.features.ListColumns.ListColumn;
import io.gradstream.pipeline.features.ListColumns.TokensColumn;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * How an event becomes a flat row: compiled from the pipeline's features, serializable, the same for each subtask. A row has up to
 * three inputs, in this order: {@code numbers}, {@code categories} and {@code crosses}; behind them each sequence, image and text is an
 * input of its own.
 */
public final class FeaturePlan implements Serializable {

    /** The input of all numbers. */
    public static final String NUMBERS = "numbers";

    /** The input of all categories that are no crosses. */
    public static final String CATEGORIES = "categories";

    /** The input of all crosses. */
    public static final String CROSSES = "crosses";

    private static final long serialVersionUID = 1L;

    final List<String> numberNames = new ArrayList<>();
    final List<String> categoryNames = new ArrayList<>();
    final List<Integer> categoryBuckets = new ArrayList<>();
    final List<String> crossNames = new ArrayList<>();
    final List<Integer> crossBuckets = new ArrayList<>();
    final List<NumberColumn> numbers = new ArrayList<>();
    final List<CycleColumn> cycles = new ArrayList<>();
    final List<TextColumn> texts = new ArrayList<>();
    final List<IntervalColumn> intervals = new ArrayList<>();
    final List<FlagColumn> flags = new ArrayList<>();
    final List<TimeColumn> times = new ArrayList<>();
    final List<SlotColumn> slots = new ArrayList<>();
    final List<CrossColumn> crosses = new ArrayList<>();
    final List<ListColumn> lists = new ArrayList<>();

    FeaturePlan() {}

    /**
     * Compiles features.
     *
     * @param features in the order of the row
     * @param fields where the used fields are added
     * @param problems told of each feature that cannot be; the plan is then of no use
     */
    public static FeaturePlan of(List<FeatureSpec> features, UsedFields fields, Problems problems) {
        return new FeaturePlanner(features, fields, problems).plan();
    }

    /** Is told what is wrong with a feature. */
    @FunctionalInterface
    public interface Problems {
        /**
         * @param feature its index
         * @param key the key in question: of, buckets, edges, name
         * @param problem what is wrong, without a path
         */
        void add(int feature, String key, String problem);
    }

    /** Widths of the row. */
    public InputLayout layout() {
        int ids = categoryNames.size() + crossNames.size();
        int all = numberNames.size();
        for (ListColumn list : lists) {
            all = Math.addExact(all, list.input().numbers());
            ids = Math.addExact(ids, list.input().ids());
        }
        return new InputLayout(all, ids);
    }

    /** The inputs of a model that takes this row; empty ones are left out. Numbers may be missing (NaN) unless all are required. */
    public List<InputSpec> inputs() {
        List<InputSpec> inputs = new ArrayList<>();
        if (!numberNames.isEmpty()) {
            inputs.add(new InputSpec.NumbersInput(NUMBERS, numberNames.size(), mayMiss()));
        }
        addCategories(inputs, CATEGORIES, categoryNames, categoryBuckets);
        addCategories(inputs, CROSSES, crossNames, crossBuckets);
        lists.forEach(list -> inputs.add(list.input()));
        return inputs;
    }

    private boolean mayMiss() {
        return numbers.stream().anyMatch(column -> !column.required())
                || cycles.stream().anyMatch(column -> !column.required());
    }

    private static void addCategories(List<InputSpec> inputs, String name, List<String> names, List<Integer> buckets) {
        List<CategoryField> fields = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            fields.add(new CategoryField(names.get(i), buckets.get(i)));
        }
        if (!fields.isEmpty()) {
            inputs.add(new InputSpec.CategoriesInput(name, fields));
        }
    }

    /** Whether a feature reads this field as text, as an id is read. */
    public boolean readsText(int field) {
        return texts.stream().anyMatch(column -> column.field() == field)
                || lists.stream().anyMatch(list -> list instanceof TokensColumn tokens && tokens.field() == field);
    }

    /** What each single number of the row is called, in its order. */
    public List<String> numberNames() {
        return List.copyOf(numberNames);
    }

    /** What each category of the row is called, in its order. */
    public List<String> idNames() {
        List<String> names = new ArrayList<>(categoryNames);
        names.addAll(crossNames);
        return names;
    }

    /** A new extractor, for one thread. */
    public FeatureExtractor extractor() {
        return new RowExtractor(this);
    }
}
