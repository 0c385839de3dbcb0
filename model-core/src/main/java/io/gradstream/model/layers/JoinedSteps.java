package io.gradstream.model.layers;

import java.util.List;

/**
 * Steps of several sequences that are joined step by step: there are as many as the longest has, and whatever is behind the end of
 * a shorter one counts as 0.
 */
final class JoinedSteps {
    private final List<Input> inputs;
    private final int[] lengths;
    private final int most;
    private final boolean vary;

    /** @param out what the inputs are joined to; the first dimension of those of rank 2 or more is the steps, others are one step */
    JoinedSteps(List<Input> inputs, Value out) {
        this.inputs = inputs;
        this.lengths = out.lengths();
        this.most =
                inputs.get(0).shape().rank() == 1 ? 1 : inputs.get(0).shape().dim(0);
        this.vary = inputs.stream().anyMatch(in -> in.lengths() != null);
    }

    /** Whether any input has lengths; if none has, every step of every input is there. */
    boolean vary() {
        return vary;
    }

    /** How many steps of a row of an input are there. */
    int count(Input in, int row) {
        return in.lengths() == null ? most : in.lengths()[row];
    }

    /** Steps at most. */
    int most() {
        return most;
    }

    /** Writes the output's lengths. */
    void join(int batch) {
        for (int row = 0; row < batch && lengths != null; row++) {
            int longest = 0;
            for (int i = 0; i < inputs.size(); i++) {
                longest = Math.max(longest, count(inputs.get(i), row));
            }
            lengths[row] = longest;
        }
    }
}
