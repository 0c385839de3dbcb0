package io.gradstream.benchmarks.data;

import io.gradstream.model.Batch;
import io.gradstream.model.InputSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * The rows of a data set, in its order.
 *
 * @param input what each row is
 * @param numbers of each row
 * @param ids of each row; may be empty
 * @param classes of each row, from 0
 */
record Rows(InputSpec input, List<float[]> numbers, List<int[]> ids, List<Integer> classes) {
    /** The inputs of a model over it. */
    List<InputSpec> inputs() {
        return List.of(input);
    }

    int size() {
        return classes.size();
    }

    void addTo(Batch batch, int row) {
        batch.add(numbers.get(row), 0, ids.get(row), 0);
    }

    /** Their numbers, 0 to size - 1, in an order drawn from {@code random}. */
    static int[] shuffled(int size, Random random) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            int other = random.nextInt(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        return order;
    }

    /** Those rows, in that order. */
    Rows select(int[] order, int from, int to) {
        List<Integer> chosen = Arrays.stream(order, from, to).boxed().toList();
        return new Rows(
                input,
                chosen.stream().map(numbers::get).toList(),
                chosen.stream().map(ids::get).toList(),
                chosen.stream().map(classes::get).toList());
    }
}
