package io.gradstream.model;

import io.gradstream.model.kernels.Kernels;
import java.util.Arrays;
import java.util.List;

/** Refuses rows that the model cannot take, naming the slot: numbers that are not finite, NaN where none may miss, ids out of range. */
final class RowCheck {
    private final InputLayout layout;
    private final List<InputSpec> inputs;
    /** For each number of a row: whether it may be missing. */
    private final boolean[] mayMiss;
    /** For each id of a row: one above its largest value. */
    private final int[] idLimit;

    RowCheck(ModelSpec spec) {
        this.layout = spec.layout();
        this.inputs = spec.inputs();
        this.mayMiss = new boolean[layout.numbers()];
        int number = 0;
        this.idLimit = new int[layout.ids()];
        int id = 0;
        for (InputSpec input : inputs) {
            Arrays.fill(
                    mayMiss, number, number + input.numbers(), input.signal().mayMiss());
            number += input.numbers();
            for (int i = 0; i < input.ids(); i++, id++) {
                idLimit[id] = input.idLimit(i);
            }
        }
    }

    void check(Batch batch) {
        if (!batch.layout().equals(layout)) {
            throw new IllegalArgumentException("wanted rows of " + layout + ", came " + batch.layout());
        }
        check(batch.numbers(), 0, batch.ids(), 0, batch.size());
    }

    /** Checks rows that lie one after another. */
    void check(float[] numbers, int numbersAt, int[] ids, int idsAt, int rows) {
        checkNumbers(numbers, numbersAt, rows);
        checkIds(ids, idsAt, rows);
    }

    /** The numbers alone. */
    void checkNumbers(float[] numbers, int numbersAt, int rows) {
        if (layout.numbers() > 0 && !Kernels.allFinite(numbers, numbersAt, rows * layout.numbers())) {
            for (int row = 0; row < rows; row++) {
                checkRow(numbers, numbersAt + row * layout.numbers(), row);
            }
        }
    }

    /** The ids alone. */
    void checkIds(int[] ids, int idsAt, int rows) {
        for (int row = 0; row < rows; row++) {
            int at = idsAt + row * idLimit.length;
            for (int i = 0; i < idLimit.length; i++) {
                int id = ids[at + i];
                if (id < 0 || id >= idLimit[i]) {
                    throw badId(i, id, row);
                }
            }
        }
    }

    private void checkRow(float[] numbers, int from, int row) {
        for (int i = 0; i < mayMiss.length; i++) {
            float value = numbers[from + i];
            if (Float.isInfinite(value) || (Float.isNaN(value) && !mayMiss[i])) {
                throw badNumber(i, value, row);
            }
        }
    }

    private IllegalArgumentException badNumber(int index, float value, int row) {
        int within = index;
        for (InputSpec input : inputs) {
            if (within < input.numbers()) {
                return new IllegalArgumentException("row " + row + ", input '" + input.name() + "', number " + within
                        + ": wanted a finite number" + (mayMiss[index] ? " or NaN for missing" : "") + ", came "
                        + value);
            }
            within -= input.numbers();
        }
        throw new IllegalStateException("no input has number " + index);
    }

    private IllegalArgumentException badId(int index, int id, int row) {
        int within = index;
        for (InputSpec input : inputs) {
            if (within < input.ids()) {
                return new IllegalArgumentException("row " + row + ", input '" + input.name() + "', "
                        + input.idName(within) + ": wanted 0 to " + (idLimit[index] - 1)
                        + ", came " + id);
            }
            within -= input.ids();
        }
        throw new IllegalStateException("no input has id " + index);
    }
}
