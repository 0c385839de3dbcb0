package io.gradstream.model.layers;

import io.gradstream.model.kernels.RowKernels;
import io.gradstream.model.parameters.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Recurrent layers over the steps of a sequence, each of one track, or of two in opposite directions. A row ends at its own length: the
 * outputs behind it are 0, the last state is that of its last step, and a row without steps gives 0 and has no gradient.
 */
final class Recurrent implements Layer {
    private final Input in;
    private final Value out;
    private final RecurrentOutputs outputs;
    private final int maxSteps;
    private final int inputs;
    private final int units;
    private final int directions;
    private final List<RecurrentTrack> tracks;
    /** What each layer reads, time-major, and what the last one gives. */
    private final List<float[]> values;

    private final List<float[]> gradients;
    private int steps;

    private Recurrent(
            List<RecurrentTrack.Parameters> parameters, RecurrentOutputs outputs, int directions, Shape in, Room room) {
        this.in = room.inputs().get(0);
        this.out = room.output();
        this.outputs = outputs;
        this.directions = directions;
        this.maxSteps = in.dim(0);
        this.inputs = in.last();
        this.tracks = new ArrayList<>();
        this.values = new ArrayList<>();
        this.gradients = new ArrayList<>();
        for (RecurrentTrack.Parameters of : parameters) {
            tracks.add(of.make(maxSteps, room));
        }
        this.units = tracks.get(0).units;
        for (int i = 0; i <= parameters.size() / directions; i++) {
            long perRow = (long) maxSteps * width(i);
            boolean learned = room.learns() && (i > 0 || this.in.wantsGradient());
            values.add(room.perRow(perRow));
            gradients.add(learned ? room.perRow(perRow) : null);
        }
    }

    private int width(int level) {
        return level == 0 ? inputs : directions * units;
    }

    /** What the settings of every recurrent layer keep to. */
    static void check(int units, int layers) {
        Rules.atLeastOne("units", units);
        Rules.layers(layers);
    }

    static Declared declare(
            Site site,
            RecurrentTrack.Cell cell,
            int units,
            int layers,
            boolean bidirectional,
            RecurrentOutputs outputs) {
        site.onlyNumbers();
        Shape in = Sequences.sequence(site, 0);
        int directions = bidirectional ? 2 : 1;
        int width = Math.multiplyExact(directions, units);
        List<RecurrentTrack.Parameters> parameters = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
            for (int direction = 0; direction < directions; direction++) {
                int inputs = layer == 0 ? in.last() : width;
                parameters.add(RecurrentTrack.Parameters.declare(site, cell, inputs, units, layer, direction == 1));
            }
        }
        Declared.Factory factory = room -> new Recurrent(parameters, outputs, directions, in, room);
        return outputs == RecurrentOutputs.ALL
                ? site.outputWithSteps(Shape.of(in.dim(0), width), factory)
                : site.output(Shape.of(width), factory);
    }

    /** out (batch, directions units), or (batch, steps, directions units) if all, from in (batch, steps, inputs) */
    @Override
    public void forward(Pass pass) {
        int rows = pass.batch();
        int[] lengths = in.lengths();
        steps = longest(lengths, rows);
        toTimeMajor(in.data(), inputs, values.get(0), rows);
        for (int i = 0; i < tracks.size(); i++) {
            RecurrentTrack track = tracks.get(i);
            int layer = i / directions;
            track.forward(pass, values.get(layer), steps, rows, lengths);
            int column = i % directions * units;
            float[] to = values.get(layer + 1);
            RowKernels.copyRows(
                    steps * rows, units, track.states, track.statesAt(rows), units, to, column, directions * units);
        }
        float[] last = values.get(values.size() - 1);
        if (outputs == RecurrentOutputs.ALL) {
            toRowMajor(last, directions * units, out.data(), rows);
        } else {
            for (int row = 0; row < rows; row++) {
                copyLast(last, row, rows, out.data());
            }
        }
    }

    private int longest(int[] lengths, int rows) {
        if (lengths == null) {
            return maxSteps;
        }
        int longest = 0;
        for (int row = 0; row < rows; row++) {
            longest = Math.max(longest, lengths[row]);
        }
        return longest;
    }

    private int length(int row) {
        return in.lengths() == null ? maxSteps : in.lengths()[row];
    }

    /** y (steps, rows, width) = x (rows, all steps, width), 0 behind a row's length. */
    private void toTimeMajor(float[] x, int width, float[] y, int rows) {
        for (int row = 0; row < rows; row++) {
            int length = length(row);
            for (int step = 0; step < steps; step++) {
                int to = (step * rows + row) * width;
                if (step < length) {
                    System.arraycopy(x, (row * maxSteps + step) * width, y, to, width);
                } else {
                    Arrays.fill(y, to, to + width, 0);
                }
            }
        }
    }

    /** y (rows, all steps, width) = x (steps, rows, width), 0 behind a row's length. */
    private void toRowMajor(float[] x, int width, float[] y, int rows) {
        for (int row = 0; row < rows; row++) {
            int length = length(row);
            int at = row * maxSteps * width;
            for (int step = 0; step < length; step++) {
                System.arraycopy(x, (step * rows + row) * width, y, at + step * width, width);
            }
            Arrays.fill(y, at + length * width, at + maxSteps * width, 0);
        }
    }

    private void copyLast(float[] last, int row, int rows, float[] to) {
        int width = directions * units;
        int length = length(row);
        if (length == 0) {
            Arrays.fill(to, row * width, (row + 1) * width, 0);
            return;
        }
        System.arraycopy(last, ((length - 1) * rows + row) * width, to, row * width, units);
        if (directions == 2) {
            System.arraycopy(last, row * width + units, to, row * width + units, units);
        }
    }

    /** From the last layer to the first, each from its last step to its first; dIn += the gradient of what the first one reads */
    @Override
    public void backward(Pass pass) {
        int rows = pass.batch();
        float[] top = gradients.get(gradients.size() - 1);
        if (outputs == RecurrentOutputs.ALL) {
            toTimeMajor(out.gradient(), directions * units, top, rows);
        } else {
            spreadLast(top, rows);
        }
        for (int layer = gradients.size() - 2; layer >= 0; layer--) {
            float[] dx = gradients.get(layer);
            if (dx != null) {
                Arrays.fill(dx, 0, steps * rows * width(layer), 0);
            }
            for (int direction = 0; direction < directions; direction++) {
                tracks.get(layer * directions + direction)
                        .backward(
                                pass,
                                values.get(layer),
                                gradients.get(layer + 1),
                                direction * units,
                                directions * units,
                                dx,
                                steps,
                                rows,
                                in.lengths());
            }
        }
        if (in.wantsGradient()) {
            addInputGradient(gradients.get(0), rows);
        }
    }

    private void spreadLast(float[] top, int rows) {
        int width = directions * units;
        Arrays.fill(top, 0, steps * rows * width, 0);
        for (int row = 0; row < rows; row++) {
            int length = length(row);
            if (length > 0) {
                System.arraycopy(out.gradient(), row * width, top, ((length - 1) * rows + row) * width, units);
            }
            if (length > 0 && directions == 2) {
                System.arraycopy(out.gradient(), row * width + units, top, row * width + units, units);
            }
        }
    }

    private void addInputGradient(float[] dx, int rows) {
        float[] dIn = in.gradient(rows);
        for (int row = 0; row < rows; row++) {
            for (int step = 0; step < length(row); step++) {
                int from = (step * rows + row) * inputs;
                int to = (row * maxSteps + step) * inputs;
                for (int i = 0; i < inputs; i++) {
                    dIn[to + i] += dx[from + i];
                }
            }
        }
    }
}
