package io.gradstream.model.layers;

/** A signal's floats (or ids) for every row of a batch, row-major, and their gradient. Several values may lie in the same array. */
public final class Value {
    private final float[] own;
    private float[] data;
    private final float[] gradient;
    private final int[] ids;
    private final int[] lengths;

    /** Its arrays, see the methods that return them. */
    public Value(float[] data, float[] gradient, int[] ids, int[] lengths) {
        this.own = data;
        this.data = data;
        this.gradient = gradient;
        this.ids = ids;
        this.lengths = lengths;
    }

    /** (capacity, shape), or only as many rows as the batch has where they are borrowed; empty where it is ids. */
    public float[] data() {
        return data;
    }

    /** Of the loss with respect to the data; null where it is not wanted. */
    public float[] gradient() {
        return gradient;
    }

    /** (capacity, shape); empty where it is floats. */
    public int[] ids() {
        return ids;
    }

    /** How many steps of each row are there, the others being padding; null where each row has all. */
    public int[] lengths() {
        return lengths;
    }

    /** From now on the data are these floats, which nobody may write to; with null its own array again. */
    public void borrow(float[] floats) {
        data = floats == null ? own : floats;
    }
}
