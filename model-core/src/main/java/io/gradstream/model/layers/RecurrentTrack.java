package io.gradstream.model.layers;

import io.gradstream.model.kernels.Kernels;
import io.gradstream.model.kernels.RightFactor;
import io.gradstream.model.kernels.RowKernels;
import io.gradstream.model.parameters.Filling;
import io.gradstream.model.parameters.Parameter;
import io.gradstream.model.parameters.PyTorchLayout;
import java.util.Arrays;

/**
 * One recurrent layer in one direction. Everything is time-major here: the rows of a step lie together, so that the product of a step is
 * one of contiguous matrices; the inputs' product is one for all steps.
 *
 * <p>A row's states behind its last step are 0. So the state that a backward track starts from is 0 wherever the row ends, and padded
 * steps add nothing to any gradient.
 */
abstract class RecurrentTrack {
    final int units;
    final int width;
    final int capacity;
    /** What goes into the gates, (steps, rows, width); then what comes out; then the gradient of what went in. */
    final float[] gates;
    /** (steps + 1, rows, units): one more than steps, for the state before the first. */
    final float[] states;

    private final Parameters parameters;
    private final int inputs;
    private final boolean backwards;
    private final float[] bias;
    /** Of the states, as a forward pass multiplies by it, and transposed, as a backward pass does. */
    private final RightFactor stateWeight;

    private final RightFactor stateWeightBack;
    private final float[] unused;

    /** The kinds of cells, by how many blocks of units their gates have. */
    enum Cell {
        RNN(1),
        LSTM(4),
        GRU(3);

        final int blocks;

        Cell(int blocks) {
            this.blocks = blocks;
        }
    }

    /** The weights and biases of inputs (i) and states (h), called as PyTorch calls them; the matrices are its transposed. */
    record Parameters(
            Cell cell,
            boolean backwards,
            Parameter inputWeight,
            Parameter stateWeight,
            Parameter inputBias,
            Parameter stateBias) {
        static Parameters declare(Site site, Cell cell, int inputs, int units, int layer, boolean backwards) {
            String suffix = "_l" + layer + (backwards ? "_reverse" : "");
            int width = Math.multiplyExact(cell.blocks, units);
            Filling ofInputs = Init.XAVIER_UNIFORM.filling(inputs, units);
            Filling ofStates = Init.LECUN_UNIFORM.filling(units, units);
            Filling first = cell == Cell.LSTM ? Filling.secondBlock(units) : Filling.ZEROS;
            return new Parameters(
                    cell,
                    backwards,
                    site.parameter("weight_ih" + suffix, PyTorchLayout.TRANSPOSED, ofInputs, inputs, width),
                    site.parameter("weight_hh" + suffix, PyTorchLayout.TRANSPOSED, ofStates, units, width),
                    site.parameter("bias_ih" + suffix, first, width),
                    site.parameter("bias_hh" + suffix, Filling.ZEROS, width));
        }

        RecurrentTrack make(int steps, Room room) {
            return switch (cell) {
                case RNN -> new RnnTrack(this, steps, room);
                case LSTM -> new LstmTrack(this, steps, room);
                case GRU -> new GruTrack(this, steps, room);
            };
        }
    }

    RecurrentTrack(Parameters parameters, int steps, Room room) {
        this.parameters = parameters;
        this.inputs = parameters.inputWeight.shape().dim(0);
        this.units = parameters.stateWeight.shape().dim(0);
        this.width = parameters.stateWeight.shape().last();
        this.backwards = parameters.backwards;
        this.capacity = room.capacity();
        this.gates = room.perRow((long) steps * width);
        this.states = room.perRow((steps + 1L) * units);
        this.bias = room.floats(width);
        this.stateWeight = factor(width, units, room);
        this.stateWeightBack = room.learns() ? factor(units, width, room) : null;
        this.unused = room.learns() ? room.perRow(units) : null;
    }

    private static RightFactor factor(int n, int k, Room room) {
        return new RightFactor(n, k, room.floats(RightFactor.length(n, k)));
    }

    /** Where in {@link #states} the first of those after a step is. */
    final int statesAt(int rows) {
        return backwards ? 0 : rows * units;
    }

    private int startsAt(int rows) {
        return backwards ? rows * units : 0;
    }

    /** gates (steps, rows, width) = x (steps, rows, inputs) . Wi + bi + bh; then step by step with h . Wh, into states */
    final void forward(Pass pass, float[] x, int steps, int rows, int[] lengths) {
        float[] dense = pass.dense();
        System.arraycopy(dense, parameters.inputBias.at(), bias, 0, width);
        if (biasesTogether()) {
            Kernels.add(dense, parameters.stateBias.at(), bias, 0, width);
        }
        int all = steps * rows;
        RowKernels.copyRow(all, width, bias, 0, gates, 0, width);
        int weight = parameters.inputWeight.at();
        Kernels.multiply(all, width, inputs, x, 0, inputs, dense, weight, width, gates, 0, width);
        int start = backwards ? all * units : 0;
        Arrays.fill(states, start, start + rows * units, 0);
        stateWeight.set(rows, dense, parameters.stateWeight.at(), width);
        begin(steps, rows);
        for (int i = 0; i < steps; i++) {
            int step = backwards ? steps - 1 - i : i;
            int after = statesAt(rows) + step * rows * units;
            int before = startsAt(rows) + step * rows * units;
            step(pass, step, rows, before, after);
            clearPadding(states, after, units, step, rows, lengths);
            clearPaddedStates(step, rows, lengths);
        }
    }

    /**
     * From dStates (steps, rows, units), ld apart, which are changed: dWi += xT . dGates; dWh += beforeT . dGates; both biases +=
     * column sums; dx += dGates . WiT, if dx is not null
     */
    final void backward(
            Pass pass, float[] x, float[] dStates, int at, int ld, float[] dx, int steps, int rows, int[] lengths) {
        float[] gradients = pass.gradients();
        int all = steps * rows;
        stateWeightBack.setTransposed(rows, pass.dense(), parameters.stateWeight.at(), width);
        Arrays.fill(unused, 0, rows * units, 0);
        begin(steps, rows);
        for (int i = 0; i < steps; i++) {
            int step = backwards ? i : steps - 1 - i;
            int of = at + step * rows * ld;
            clearPadding(dStates, of, ld, step, rows, lengths);
            clearPaddedGradients(step, rows, lengths);
            boolean last = i == steps - 1;
            int to = last ? 0 : of + (backwards ? rows * ld : -rows * ld);
            int before = startsAt(rows) + step * rows * units;
            stepBackward(step, rows, before, dStates, of, ld, last ? unused : dStates, to, last ? units : ld);
            if (!last) {
                float[] dGates = stateGates();
                int gate = step * rows * width;
                stateWeightBack.multiply(rows, dGates, gate, width, dStates, to, ld);
            }
        }
        addGradients(gradients, x, all, rows);
        if (dx != null) {
            int weight = parameters.inputWeight.at();
            Kernels.multiplyTransposedB(
                    all, inputs, width, gates, 0, width, pass.dense(), weight, width, dx, 0, inputs);
        }
    }

    private void addGradients(float[] gradients, float[] x, int all, int rows) {
        float[] dGates = stateGates();
        int weight = parameters.inputWeight.at();
        Kernels.multiplyTransposedA(inputs, width, all, x, 0, inputs, gates, 0, width, gradients, weight, width);
        weight = parameters.stateWeight.at();
        int before = startsAt(rows);
        Kernels.multiplyTransposedA(
                units, width, all, states, before, units, dGates, 0, width, gradients, weight, width);
        int ofInputs = parameters.inputBias.at();
        int ofStates = parameters.stateBias.at();
        RowKernels.columnSums(all, width, gates, 0, width, gradients, ofInputs);
        if (biasesTogether()) {
            Kernels.add(gradients, ofInputs, gradients, ofStates, width);
        } else {
            RowKernels.columnSums(all, width, dGates, 0, width, gradients, ofStates);
        }
    }

    /** to (rows, width) += before (rows, units) . Wh */
    final void addState(int rows, int before, float[] to, int toAt) {
        stateWeight.multiply(rows, states, before, units, to, toAt, width);
    }

    final int stateBias() {
        return parameters.stateBias.at();
    }

    /** Fills with 0 the rows that have ended before a step. */
    final void clearPadding(float[] x, int at, int ld, int step, int rows, int[] lengths) {
        for (int row = 0; lengths != null && row < rows; row++) {
            if (lengths[row] <= step) {
                Arrays.fill(x, at + row * ld, at + row * ld + units, 0);
            }
        }
    }

    /** Whether both biases can be added before the first step. */
    boolean biasesTogether() {
        return true;
    }

    /** What a pass starts with, forward or backward. */
    void begin(int steps, int rows) {}

    /** Clears what else the cell keeps of padded rows. */
    void clearPaddedStates(int step, int rows, int[] lengths) {}

    /** Clears what else the cell carries of padded rows from one step's backward pass to the next. */
    void clearPaddedGradients(int step, int rows, int[] lengths) {}

    /** After a step's backward pass: the gradient of what the product with the states gave, (steps, rows, width). */
    float[] stateGates() {
        return gates;
    }

    /** The states of one step, (rows, units), at {@code after}, from those at {@code before}. */
    abstract void step(Pass pass, int step, int rows, int before, int after);

    /** The gates' gradients of one step; what reaches the state before without a product is added to dBefore. */
    abstract void stepBackward(
            int step, int rows, int before, float[] dh, int dhAt, int ldh, float[] dBefore, int dBeforeAt, int ldb);
}
