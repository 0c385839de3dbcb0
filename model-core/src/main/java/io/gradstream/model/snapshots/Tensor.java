package io.gradstream.model.snapshots;

import io.gradstream.model.spec.Json;
import io.gradstream.model.spec.JsonCursor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** One tensor of a safetensors file: a view of its bytes. */
public final class Tensor {
    // Kept small, and the name left where it is in the header: a header may list millions of empty tensors.
    private final byte[] file;
    private final int nameAt;
    private final DType type;
    private final int[] shape;
    private final int begin;
    private final int end;

    /**
     * Everything checked before.
     *
     * @param nameAt position of the name's first quote
     * @param begin first byte of the data
     * @param end first byte after the data
     */
    Tensor(byte[] file, int nameAt, DType type, int[] shape, int begin, int end) {
        this.file = file;
        this.nameAt = nameAt;
        this.type = type;
        this.shape = shape;
        this.begin = begin;
        this.end = end;
    }

    int nameAt() {
        return nameAt;
    }

    int begin() {
        return begin;
    }

    int end() {
        return end;
    }

    /** Its name. */
    public String name() {
        return new JsonCursor(file, nameAt, file.length).text();
    }

    /** Its element type. */
    public DType type() {
        return type;
    }

    /** Its dimensions, row-major; empty for a scalar. */
    public int[] shape() {
        return shape.clone();
    }

    /** How many elements. */
    public int size() {
        return (end - begin) / type.bytes();
    }

    /** The elements of an F32 tensor; refused for another type. */
    public float[] floats() throws SnapshotException {
        float[] values = new float[sizeOf(DType.F32)];
        data().asFloatBuffer().get(values);
        return values;
    }

    /** Copies the elements of an F32 tensor into {@code into} from {@code at}; refused if type or shape are not the wanted ones. */
    public void floats(float[] into, int at, int... wantedShape) throws SnapshotException {
        expect(DType.F32, wantedShape);
        data().asFloatBuffer().get(into, at, size());
    }

    /** Refuses it if type or shape are not the wanted ones. */
    public void expect(DType wanted, int... wantedShape) throws SnapshotException {
        if (type != wanted || !Arrays.equals(shape, wantedShape)) {
            throw new SnapshotException(this + " was wanted as " + wanted + " " + Arrays.toString(wantedShape));
        }
    }

    /** Refuses an F32 or F64 tensor with an element that is NaN or infinite, naming the first. */
    public void expectFinite() throws SnapshotException {
        int size = size();
        if (type == DType.F32) {
            FloatBuffer floats = data().asFloatBuffer();
            for (int i = 0; i < size; i++) {
                expectFinite(floats.get(i), i);
            }
        } else if (type == DType.F64) {
            DoubleBuffer doubles = data().asDoubleBuffer();
            for (int i = 0; i < size; i++) {
                expectFinite(doubles.get(i), i);
            }
        }
    }

    private void expectFinite(double value, int at) throws SnapshotException {
        if (!Double.isFinite(value)) {
            throw new SnapshotException(
                    "tensor " + Json.write(name()) + ": wanted finite numbers, came " + value + " at " + at);
        }
    }

    /** The elements of an F64 tensor; refused for another type. */
    public double[] doubles() throws SnapshotException {
        double[] values = new double[sizeOf(DType.F64)];
        data().asDoubleBuffer().get(values);
        return values;
    }

    /** The elements of an I32 tensor; refused for another type. */
    public int[] ints() throws SnapshotException {
        int[] values = new int[sizeOf(DType.I32)];
        data().asIntBuffer().get(values);
        return values;
    }

    /** The elements of an I64 tensor; refused for another type. */
    public long[] longs() throws SnapshotException {
        long[] values = new long[sizeOf(DType.I64)];
        data().asLongBuffer().get(values);
        return values;
    }

    /** The elements of a U8 tensor; refused for another type. */
    public byte[] bytes() throws SnapshotException {
        byte[] values = new byte[sizeOf(DType.U8)];
        data().get(values);
        return values;
    }

    private int sizeOf(DType wanted) throws SnapshotException {
        if (type != wanted) {
            throw new SnapshotException(this + " was wanted as " + wanted);
        }
        return size();
    }

    private ByteBuffer data() {
        return ByteBuffer.wrap(file, begin, end - begin).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Name, type and shape in words. */
    @Override
    public String toString() {
        return "tensor " + Json.write(name()) + ", " + type + " " + Arrays.toString(shape) + ",";
    }
}
