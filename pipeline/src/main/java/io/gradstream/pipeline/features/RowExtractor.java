package io.gradstream.pipeline.features;

import io.gradstream.connectors.formats.FieldValues;
import io.gradstream.pipeline.features.Columns.CrossColumn;
import io.gradstream.pipeline.features.Columns.CycleColumn;
import io.gradstream.pipeline.features.Columns.FlagColumn;
import io.gradstream.pipeline.features.Columns.IntervalColumn;
import io.gradstream.pipeline.features.Columns.NumberColumn;
import io.gradstream.pipeline.features.Columns.SlotColumn;
import io.gradstream.pipeline.features.Columns.TextColumn;
import io.gradstream.pipeline.features.Columns.TimeColumn;
import io.gradstream.pipeline.features.ListColumns.ListColumn;

/** Runs a plan, one loop per class of column, so that each call in it has one target. */
final class RowExtractor implements FeatureExtractor {

    private final NumberColumn[] numberColumns;
    private final CycleColumn[] cycles;
    private final TextColumn[] texts;
    private final IntervalColumn[] intervals;
    private final FlagColumn[] flags;
    private final TimeColumn[] times;
    private final SlotColumn[] slots;
    private final CrossColumn[] crosses;
    private final ListColumn[] lists;
    private final long[] hashes;

    RowExtractor(FeaturePlan plan) {
        numberColumns = plan.numbers.toArray(NumberColumn[]::new);
        cycles = plan.cycles.toArray(CycleColumn[]::new);
        texts = plan.texts.toArray(TextColumn[]::new);
        intervals = plan.intervals.toArray(IntervalColumn[]::new);
        flags = plan.flags.toArray(FlagColumn[]::new);
        times = plan.times.toArray(TimeColumn[]::new);
        slots = plan.slots.toArray(SlotColumn[]::new);
        crosses = plan.crosses.toArray(CrossColumn[]::new);
        lists = plan.lists.toArray(ListColumn[]::new);
        hashes = new long[plan.categoryNames.size()];
    }

    @Override
    public void extract(FieldValues values, float[] numbers, int[] ids) throws BadExampleException {
        for (NumberColumn column : numberColumns) {
            column.extract(values, numbers);
        }
        for (CycleColumn column : cycles) {
            column.extract(values, numbers);
        }
        for (TextColumn column : texts) {
            column.extract(values, ids, hashes);
        }
        for (IntervalColumn column : intervals) {
            column.extract(values, ids, hashes);
        }
        for (FlagColumn column : flags) {
            column.extract(values, ids, hashes);
        }
        for (TimeColumn column : times) {
            column.extract(values, ids, hashes);
        }
        for (SlotColumn column : slots) {
            column.extract(values, ids, hashes);
        }
        for (CrossColumn column : crosses) {
            column.extract(hashes, ids);
        }
        for (ListColumn column : lists) {
            column.extract(values, numbers, ids);
        }
    }
}
