package io.gradstream.model.parameters;

import io.gradstream.model.kernels.Kernels;
import io.gradstream.model.random.Philox;
import java.util.Arrays;

/**
 * The touched rows of one {@link Table}, with their optimizer slots.
 *
 * <p>A row gets a place when it is touched first; places are handed out one after another and point into chunks of about 64 Ki
 * floats, or fewer if fewer are left of the table, so that growing never moves what is there. Which place a row has is not visible in any result. A row that was never
 * touched has the values that {@link Filling} gives it, computed each time they are read.
 */
public final class SparseTable {
    private static final int PAGE_BITS = 12;
    private static final int PAGE_MASK = (1 << PAGE_BITS) - 1;
    private static final int CHUNK_FLOATS = 1 << 16;
    private static final int FEWEST_CHUNKS = 4;
    /** Of an array, with what aligns it, and of a reference, in the JVMs that need most. */
    private static final long HEADER_BYTES = 32;

    private static final long REFERENCE_BYTES = 8;

    private final Table table;
    private final Philox generator;
    private final int chunkBits;
    /** Row to place + 1, in pages that exist once one of their rows is touched; 0 = not touched. */
    private final int[][] places;
    /** Place to row. */
    private int[] rows;

    private int touched;
    /** The values, then each slot: arrays[a][chunk][float]. */
    private final float[][][] arrays;
    /** What rows held before they were changed; null where nobody asks. */
    private RowLog log;

    /** An untouched table whose rows carry {@code slots} further floats for each of theirs. */
    public SparseTable(Table table, long seed, int slots) {
        this.table = table;
        this.generator = Filling.generator(seed, table.name());
        this.chunkBits = chunkBits(table);
        this.places = new int[pages(table)][];
        this.rows = new int[Math.min(table.rows(), 64)];
        this.arrays = new float[1 + slots][0][];
    }

    private SparseTable(SparseTable other) {
        this.table = other.table;
        this.generator = null;
        this.chunkBits = other.chunkBits;
        this.places = new int[other.places.length][];
        for (int page = 0; page < places.length; page++) {
            places[page] = other.places[page] == null ? null : other.places[page].clone();
        }
        this.rows = Arrays.copyOf(other.rows, other.touched);
        this.touched = other.touched;
        float[][] values = other.arrays[0].clone();
        for (int chunk = 0; chunk < values.length; chunk++) {
            values[chunk] = values[chunk] == null ? null : values[chunk].clone();
        }
        this.arrays = new float[][][] {values};
    }

    static int chunkBits(Table table) {
        return Math.max(0, 31 - Integer.numberOfLeadingZeros(CHUNK_FLOATS / table.width()));
    }

    private static int pages(Table table) {
        return (table.rows() >>> PAGE_BITS) + 1;
    }

    /** The most bytes that its arrays can hold: those of a table of which every row was touched. */
    public static long mostBytes(Table table, int slots) {
        long rows = table.rows();
        long pages = pages(table);
        long chunks = (rows >>> chunkBits(table)) + 1;
        long ofPlaces = arrays(1, pages * REFERENCE_BYTES) + arrays(pages, rows * Integer.BYTES);
        long ofRows = arrays(1, rows * Integer.BYTES);
        long ofFloats = arrays(1, Math.max(FEWEST_CHUNKS, 2 * chunks) * REFERENCE_BYTES)
                + arrays(chunks, rows * table.width() * Float.BYTES);
        return ofPlaces + ofRows + arrays(1, (1L + slots) * REFERENCE_BYTES) + (1 + slots) * ofFloats;
    }

    static long arrays(long count, long bytes) {
        return count * HEADER_BYTES + bytes;
    }

    /** A copy of the values, without slots: to be read, by any thread, and not touched any more. */
    public SparseTable copyOfValues() {
        return new SparseTable(this);
    }

    /** From now on, what rows held before they were changed; one log per table. */
    public RowLog startLog() {
        log = new RowLog(this);
        return log;
    }

    /** The log that was started last, or null: whoever changes a row notes it there first. */
    public RowLog log() {
        return log;
    }

    /** What it is a table of. */
    public Table table() {
        return table;
    }

    /** How many rows were touched. */
    public int touched() {
        return touched;
    }

    /** The touched rows, ascending. */
    public int[] touchedRows() {
        int[] sorted = Arrays.copyOf(rows, touched);
        Arrays.sort(sorted);
        return sorted;
    }

    /** The row that has a place. */
    int row(int place) {
        return rows[place];
    }

    /** The values and the slots. */
    int arrays() {
        return arrays.length;
    }

    /** The array that holds the values (0) or a slot (from 1) of a place, from {@link #at}. */
    float[] array(int a, int place) {
        return arrays[a][place >>> chunkBits];
    }

    /** How many bits of a place count within a chunk. */
    int chunkBits() {
        return chunkBits;
    }

    /** The place of a row, or -1 if it was never touched. */
    public int place(int row) {
        int[] page = places[row >>> PAGE_BITS];
        return page == null ? -1 : page[row & PAGE_MASK] - 1;
    }

    /** Replaces {@code n} rows from {@code from} on by their places, -1 for one that was never touched. */
    public void findPlaces(int[] rowsToPlaces, int from, int n) {
        for (int i = from; i < from + n; i++) {
            rowsToPlaces[i] = place(rowsToPlaces[i]);
        }
    }

    /**
     * Reads a little of {@code n} places from {@code from} on: rows lie anywhere, and the memory of all is fetched together where each alone
     * would be waited for.
     *
     * @return nothing of use, but to be kept, or the reads would be left out
     */
    public float fetch(int[] places, int from, int n) {
        float read = 0;
        for (int i = from; i < from + n; i++) {
            int place = places[i];
            if (place >= 0) {
                float[] values = values(place);
                int at = at(place);
                read += values[at] + values[at + table.width() - 1];
            }
        }
        return read;
    }

    /** The place of a row, which gets one with its first values, and slots of 0, if it has none. */
    public int touch(int row) {
        int place = place(row);
        if (place >= 0) {
            return place;
        }
        place = touched++;
        makeRoom(place);
        rows[place] = row;
        int page = row >>> PAGE_BITS;
        if (places[page] == null) {
            places[page] = new int[Math.min(PAGE_MASK + 1, table.rows() - (page << PAGE_BITS))];
        }
        places[page][row & PAGE_MASK] = place + 1;
        table.filling().fill(generator, (long) row * table.width(), values(place), at(place), table.width());
        return place;
    }

    private void makeRoom(int place) {
        if (place == rows.length) {
            rows = Arrays.copyOf(rows, (int) Math.min(table.rows(), 2L * rows.length));
        }
        int chunk = place >>> chunkBits;
        for (int a = 0; a < arrays.length; a++) {
            if (chunk >= arrays[a].length) {
                arrays[a] = Arrays.copyOf(arrays[a], Math.max(FEWEST_CHUNKS, 2 * arrays[a].length));
            }
            if (arrays[a][chunk] == null) {
                int left = table.rows() - (chunk << chunkBits);
                arrays[a][chunk] = new float[Math.min(1 << chunkBits, left) * table.width()];
            }
        }
    }

    /** The array that holds the values of a place, from {@link #at}. */
    public float[] values(int place) {
        return arrays[0][place >>> chunkBits];
    }

    /** The array that holds a slot of a place, from {@link #at}. */
    public float[] slot(int slot, int place) {
        return arrays[1 + slot][place >>> chunkBits];
    }

    /** Where a place starts in its arrays. */
    public int at(int place) {
        return (place & ((1 << chunkBits) - 1)) * table.width();
    }

    /** Copies the values of a row with this place; those of a row that was never touched, at -1, come from the reader's own generator. */
    public void read(int row, int place, Philox untouched, float[] out, int outAt) {
        if (place >= 0) {
            Kernels.copy(values(place), at(place), out, outAt, table.width());
        } else {
            table.filling().fill(untouched, (long) row * table.width(), out, outAt, table.width());
        }
    }
}
