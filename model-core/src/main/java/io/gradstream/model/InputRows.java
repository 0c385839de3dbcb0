package io.gradstream.model;

import io.gradstream.model.layers.Value;
import java.util.Arrays;
import java.util.List;

/** Cuts flat rows into a plan's input values. */
final class InputRows {
    private final InputLayout layout;
    private final Slice[] slices;

    /**
     * Where an input lies in a row.
     *
     * @param value of the input in the plan
     * @param numbersAt its first float
     * @param numbers its floats
     * @param idsAt its first id
     * @param ids its ids; behind them, if it has steps, their number
     * @param steps at most
     * @param lies whether its floats are a row's only ones, and are only read: then those of rows from 0 on may stay where they are
     */
    private record Slice(Value value, int numbersAt, int numbers, int idsAt, int ids, int steps, boolean lies) {}

    InputRows(ModelSpec spec, Plan plan) {
        this.layout = spec.layout();
        List<InputSpec> inputs = spec.inputs();
        this.slices = new Slice[inputs.size()];
        int numbersAt = 0;
        int idsAt = 0;
        for (int i = 0; i < slices.length; i++) {
            InputSpec input = inputs.get(i);
            int length = input.signal().steps() ? 1 : 0;
            int steps = input.signal().shape().dim(0);
            boolean lies = input.numbers() == layout.numbers() && plan.onlyReads(i);
            slices[i] = new Slice(plan.input(i), numbersAt, input.numbers(), idsAt, input.ids() - length, steps, lies);
            numbersAt += input.numbers();
            idsAt += input.ids();
        }
    }

    /** Copies {@code count} rows, from row {@code from}; or has them read where they are, until the next call. */
    void load(float[] numbers, int[] ids, int from, int count) {
        for (Slice slice : slices) {
            copyNumbers(slice, numbers, from, count);
            copyIds(slice, ids, from, count);
            clearPadding(slice, count);
        }
    }

    private void copyNumbers(Slice slice, float[] numbers, int from, int count) {
        int width = layout.numbers();
        if (slice.lies) {
            slice.value.borrow(from == 0 ? numbers : null);
            if (from == 0) {
                return;
            }
        }
        if (slice.numbers == width) {
            System.arraycopy(numbers, from * width, slice.value.data(), 0, count * width);
            return;
        }
        for (int row = 0; row < count && slice.numbers > 0; row++) {
            int at = (from + row) * width + slice.numbersAt;
            System.arraycopy(numbers, at, slice.value.data(), row * slice.numbers, slice.numbers);
        }
    }

    /** Whatever lies behind a sequence's length counts as 0, so that nothing can come of it, not even infinity times 0. */
    private static void clearPadding(Slice slice, int count) {
        int[] lengths = slice.value.lengths();
        if (lengths == null || slice.numbers == 0) {
            return;
        }
        for (int row = 0; row < count; row++) {
            int end = (row + 1) * slice.numbers;
            Arrays.fill(slice.value.data(), end - (slice.steps - lengths[row]) * (slice.numbers / slice.steps), end, 0);
        }
    }

    private void copyIds(Slice slice, int[] ids, int from, int count) {
        int width = layout.ids();
        for (int row = 0; row < count && slice.ids > 0; row++) {
            System.arraycopy(ids, (from + row) * width + slice.idsAt, slice.value.ids(), row * slice.ids, slice.ids);
        }
        if (slice.value.lengths() != null) {
            for (int row = 0; row < count; row++) {
                slice.value.lengths()[row] = ids[(from + row) * width + slice.idsAt + slice.ids];
            }
        }
    }
}
