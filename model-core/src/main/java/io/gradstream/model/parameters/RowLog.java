package io.gradstream.model.parameters;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What rows of a {@link SparseTable} held, values and slots, before they were changed first since the log was {@link #clear cleared}: with it
 * the table goes back to that moment, and forth again, at a cost that depends on the rows that were changed and not on the table.
 *
 * <p>Floats lie in chunks as the table's own do, so that growing moves nothing; cleared, it keeps its room.
 */
public final class RowLog {
    private static final int FEWEST = 64;

    private final SparseTable table;
    private final int width;
    private final int bits;
    /** One bit per place of the table: whether it is here. */
    private long[] noted = {};

    private int[] places = {};
    private int size;
    private final float[][][] arrays;

    RowLog(SparseTable table) {
        this.table = table;
        this.width = table.table().width();
        this.bits = table.chunkBits();
        this.arrays = new float[table.arrays()][0][];
    }

    /** The most bytes that the log of a table comes to hold: every row was changed. */
    public static long mostBytes(Table table, int slots) {
        long rows = table.rows();
        long chunks = (rows >>> SparseTable.chunkBits(table)) + 1;
        long ofFloats = SparseTable.arrays(1, 2 * chunks * Long.BYTES)
                + SparseTable.arrays(chunks, rows * table.width() * Float.BYTES);
        return SparseTable.arrays(3, rows / 8 + Long.BYTES + rows * Integer.BYTES) + (1 + slots) * ofFloats;
    }

    /** Keeps what a row holds, unless that was done since the log was cleared: its values and then each slot, from {@code at} of each array. */
    public void note(int place, float[][] holds, int at) {
        if (isNoted(place)) {
            return;
        }
        int i = add(place);
        for (int a = 0; a < arrays.length; a++) {
            System.arraycopy(holds[a], at, arrays[a][i >>> bits], at(i), width);
        }
    }

    /** Forgets everything: what the table holds now is what it goes back to. */
    public void clear() {
        for (int i = 0; i < size; i++) {
            noted[places[i] >>> 6] = 0;
        }
        size = 0;
    }

    /** Exchanges what the changed rows hold with what they held. Done twice, nothing has happened. */
    public void exchange() {
        for (int i = 0; i < size; i++) {
            int place = places[i];
            for (int a = 0; a < arrays.length; a++) {
                exchange(arrays[a][i >>> bits], at(i), table.array(a, place), table.at(place), width);
            }
        }
    }

    /** Exchanges n floats of two arrays. */
    public static void exchange(float[] x, int xAt, float[] y, int yAt, int n) {
        for (int i = 0; i < n; i++) {
            float held = x[xAt + i];
            x[xAt + i] = y[yAt + i];
            y[yAt + i] = held;
        }
    }

    /** Bytes that {@link #write} needs. */
    public long bytes() {
        return Integer.BYTES + (long) size * (Integer.BYTES + (long) arrays.length * width * Float.BYTES);
    }

    /** Writes how many rows there are, and of each its number, values and slots. */
    public void write(ByteBuffer out) {
        out.putInt(size);
        for (int i = 0; i < size; i++) {
            out.putInt(table.row(places[i]));
            for (float[][] array : arrays) {
                out.asFloatBuffer().put(array[i >>> bits], at(i), width);
                out.position(out.position() + width * Float.BYTES);
            }
        }
    }

    /**
     * Reads what {@link #write} wrote, of the same table, into an empty log.
     *
     * @throws IllegalArgumentException if a row is not one that the table has touched
     */
    public void read(ByteBuffer in) {
        for (int left = in.getInt(); left > 0; left--) {
            int row = in.getInt();
            int place = row < 0 || row >= table.table().rows() ? -1 : table.place(row);
            if (place < 0 || isNoted(place)) {
                throw new IllegalArgumentException(
                        table.table().name() + ": wanted a row that was touched, each once, came " + row);
            }
            int i = add(place);
            for (float[][] array : arrays) {
                in.asFloatBuffer().get(array[i >>> bits], at(i), width);
                in.position(in.position() + width * Float.BYTES);
            }
        }
    }

    private boolean isNoted(int place) {
        int word = place >>> 6;
        return word < noted.length && (noted[word] & 1L << place) != 0;
    }

    private int at(int i) {
        return (i & ((1 << bits) - 1)) * width;
    }

    private int add(int place) {
        int i = size++;
        if (i == places.length) {
            places = Arrays.copyOf(places, larger(i));
        }
        if (place >>> 6 >= noted.length) {
            noted = Arrays.copyOf(noted, (larger(place) >>> 6) + 1);
        }
        places[i] = place;
        noted[place >>> 6] |= 1L << place;
        int chunk = i >>> bits;
        for (int a = 0; a < arrays.length; a++) {
            if (chunk >= arrays[a].length) {
                arrays[a] = Arrays.copyOf(arrays[a], Math.max(1, 2 * arrays[a].length));
            }
            if (arrays[a][chunk] == null) {
                int left = table.table().rows() - (chunk << bits);
                arrays[a][chunk] = new float[Math.min(1 << bits, left) * width];
            }
        }
        return i;
    }

    private int larger(int than) {
        return (int) Math.min(table.table().rows(), Math.max(FEWEST, 2L * than));
    }
}
