package io.gradstream.model.parameters;

import java.util.List;

/** What scoring needs: dense parameters, sparse tables and statistics. */
public final class Weights {
    private final float[] dense;
    private final SparseTable[] tables;
    private final double[] statistics;
    private long statisticsVersion;

    private Weights(float[] dense, SparseTable[] tables, double[] statistics) {
        this.dense = dense;
        this.tables = tables;
        this.statistics = statistics;
    }

    /** First values, drawn from the seed; sparse rows carry {@code slots} optimizer slots. */
    public static Weights create(ParameterLayout layout, long seed, int slots) {
        float[] dense = new float[layout.floats()];
        for (Parameter parameter : layout.parameters()) {
            parameter
                    .filling()
                    .fill(Filling.generator(seed, parameter.name()), 0, dense, parameter.at(), parameter.size());
        }
        List<Table> specs = layout.tables();
        SparseTable[] tables = new SparseTable[specs.size()];
        for (int i = 0; i < tables.length; i++) {
            tables[i] = new SparseTable(specs.get(i), seed, slots);
        }
        double[] statistics = new double[layout.doubles()];
        for (Statistic statistic : layout.statistics()) {
            java.util.Arrays.fill(statistics, statistic.at(), statistic.at() + statistic.size(), statistic.initial());
        }
        return new Weights(dense, tables, statistics);
    }

    /** A copy without optimizer slots. */
    public Weights copy() {
        SparseTable[] copies = new SparseTable[tables.length];
        for (int i = 0; i < copies.length; i++) {
            copies[i] = tables[i].copyOfValues();
        }
        return new Weights(dense.clone(), copies, statistics.clone());
    }

    /** All dense parameters; {@link Parameter} says where each is. */
    public float[] dense() {
        return dense;
    }

    /** A sparse table by its index. */
    public SparseTable table(int index) {
        return tables[index];
    }

    /** The sparse tables, by their indices. */
    public List<SparseTable> tables() {
        return List.of(tables);
    }

    /** All statistics; {@link Statistic} says where each is. Whoever changes them calls {@link #statisticsChanged}. */
    public double[] statistics() {
        return statistics;
    }

    /** Says that statistics were changed. */
    public void statisticsChanged() {
        statisticsVersion++;
    }

    /** Grows with each change of the statistics. */
    public long statisticsVersion() {
        return statisticsVersion;
    }
}
