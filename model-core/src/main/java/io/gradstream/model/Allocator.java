package io.gradstream.model;

import io.gradstream.model.layers.Input;
import io.gradstream.model.layers.Room;
import io.gradstream.model.layers.ShapeException;
import io.gradstream.model.layers.Value;
import io.gradstream.model.parameters.Filling;
import io.gradstream.model.parameters.SparseGradient;
import io.gradstream.model.parameters.Table;
import io.gradstream.model.random.Philox;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Hands out a plan's buffers and counts their bytes. A dry one hands out empty arrays: what a plan would need, before it is made. */
final class Allocator {
    /** The longest array that every JVM has. */
    static final int MOST = Integer.MAX_VALUE - 8;

    private final long seed;
    private final int capacity;
    private final boolean learns;
    private final boolean dry;
    private final List<SparseGradient> sparseGradients = new ArrayList<>();
    private long bytes;
    private long unused;
    private final Map<String, Long> bytesByPlace = new LinkedHashMap<>();
    private String place = "model";

    Allocator(long seed, int capacity, boolean learns, boolean dry) {
        this.seed = seed;
        this.capacity = capacity;
        this.learns = learns;
        this.dry = dry;
    }

    int capacity() {
        return capacity;
    }

    boolean learns() {
        return learns;
    }

    /** Says for which input or layer buffers are taken from here on: what a message calls it. */
    void at(String place) {
        this.place = place;
    }

    /** Bytes handed out, or that would have been. */
    long bytes() {
        return bytes;
    }

    /** Bytes that those buffers leave unused beside them, see {@link Regions}. */
    long unused() {
        return unused;
    }

    /** The bytes for each input and layer. */
    Map<String, Long> bytesByPlace() {
        return bytesByPlace;
    }

    private void count(long more) {
        bytes += more;
        bytesByPlace.merge(place, more, Long::sum);
    }

    List<SparseGradient> sparseGradients() {
        return sparseGradients;
    }

    float[] perRow(long perRow) {
        if (perRow > MOST) {
            throw tooLarge(perRow + " for each");
        }
        return floats(perRow * capacity);
    }

    float[] floats(long size) {
        return new float[length(size, Float.BYTES)];
    }

    int[] ints(long size) {
        return new int[length(size, Integer.BYTES)];
    }

    double[] doubles(long size) {
        return new double[length(size, Double.BYTES)];
    }

    private int length(long size, int width) {
        if (size > MOST) {
            throw tooLarge(String.valueOf(size));
        }
        count(size * width);
        unused += Regions.HERE.unused(size * width);
        return dry ? 0 : (int) size;
    }

    /** What a buffer that no array can be is refused with. */
    ShapeException tooLarge(String came) {
        return new ShapeException(place + ": wanted at most 2^31 - 9 numbers in a buffer for " + capacity
                + " rows, came " + came + "; a smaller batch-size or layer needs less");
    }

    /** The view of one layer. */
    Room room(String name, List<Input> inputs, Value output) {
        return new LayerRoom(name, inputs, output);
    }

    private final class LayerRoom implements Room {
        private final String name;
        private final List<Input> inputs;
        private final Value output;

        LayerRoom(String name, List<Input> inputs, Value output) {
            this.name = name;
            this.inputs = List.copyOf(inputs);
            this.output = output;
        }

        @Override
        public List<Input> inputs() {
            return inputs;
        }

        @Override
        public Value output() {
            return output;
        }

        @Override
        public int capacity() {
            return capacity;
        }

        @Override
        public boolean learns() {
            return learns;
        }

        @Override
        public float[] perRow(long perRow) {
            return Allocator.this.perRow(perRow);
        }

        @Override
        public float[] floats(long size) {
            return Allocator.this.floats(size);
        }

        @Override
        public int[] ints(long size) {
            return Allocator.this.ints(size);
        }

        @Override
        public double[] doubles(long size) {
            return Allocator.this.doubles(size);
        }

        @Override
        public Philox generator(String purpose) {
            return Filling.generator(seed, name + "/" + purpose);
        }

        @Override
        public Philox generator(Table table) {
            return Filling.generator(seed, table.name());
        }

        @Override
        public SparseGradient sparseGradient(Table table, int perRow) {
            long rows = Math.min((long) perRow * capacity, table.rows());
            length(rows * table.width(), 0);
            count(SparseGradient.bytes(table, rows));
            SparseGradient gradient = new SparseGradient(table, dry ? 0 : (int) rows);
            sparseGradients.add(gradient);
            return gradient;
        }
    }
}
