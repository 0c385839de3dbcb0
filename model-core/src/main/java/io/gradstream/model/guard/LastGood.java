package io.gradstream.model.guard;

import io.gradstream.model.optimizers.Optimizer;
import io.gradstream.model.parameters.ParameterLayout;
import io.gradstream.model.parameters.RowLog;
import io.gradstream.model.parameters.SparseTable;
import io.gradstream.model.parameters.Statistic;
import io.gradstream.model.parameters.Table;
import io.gradstream.model.parameters.Weights;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The last good version of a learner's weights, optimizer slots and those statistics that depend on weights, beside the present one; statistics
 * of the data alone are what both versions read. Of dense parameters it is a copy; of sparse tables it is what the rows held that were changed
 * since, so that keeping a version does not cost a copy of a large table.
 */
final class LastGood {
    private final Weights weights;
    private final float[][] dense;
    private final float[][] copies;
    private final List<Statistic> ofWeights;
    private final double[] statistics;
    private final List<RowLog> logs = new ArrayList<>();

    LastGood(ParameterLayout layout, Weights weights, Optimizer optimizer) {
        this.weights = weights;
        float[][] slots = optimizer.slots();
        dense = new float[1 + slots.length][];
        dense[0] = weights.dense();
        System.arraycopy(slots, 0, dense, 1, slots.length);
        copies = new float[dense.length][weights.dense().length];
        ofWeights = ofWeights(layout);
        statistics = new double[size(ofWeights)];
        for (SparseTable table : weights.tables()) {
            logs.add(table.startLog());
        }
        keep();
    }

    private static List<Statistic> ofWeights(ParameterLayout layout) {
        return layout.statistics().stream().filter(Statistic::ofWeights).toList();
    }

    private static int size(List<Statistic> statistics) {
        return statistics.stream().mapToInt(Statistic::size).sum();
    }

    /** Bytes that do not grow. */
    static long fixedBytes(ParameterLayout layout, int slots) {
        return (1L + slots) * layout.floats() * Float.BYTES + (long) size(ofWeights(layout)) * Double.BYTES;
    }

    /** Bytes of the sparse tables' rows, at most. */
    static long sparseAtMost(ParameterLayout layout, int slots) {
        long most = 0;
        for (Table table : layout.tables()) {
            long more = RowLog.mostBytes(table, slots);
            most = most > Long.MAX_VALUE - more ? Long.MAX_VALUE : most + more;
        }
        return most;
    }

    /** The present version is the good one. */
    void keep() {
        for (int a = 0; a < dense.length; a++) {
            System.arraycopy(dense[a], 0, copies[a], 0, dense[a].length);
        }
        int at = 0;
        for (int i = 0; i < ofWeights.size(); i++) {
            Statistic each = ofWeights.get(i);
            System.arraycopy(weights.statistics(), each.at(), statistics, at, each.size());
            at += each.size();
        }
        logs.forEach(RowLog::clear);
    }

    /** The good version becomes the present one and the present one takes its place. Done twice, nothing has happened. */
    void exchange() {
        for (int a = 0; a < dense.length; a++) {
            RowLog.exchange(dense[a], 0, copies[a], 0, dense[a].length);
        }
        exchangeStatistics();
        logs.forEach(RowLog::exchange);
    }

    private void exchangeStatistics() {
        double[] present = weights.statistics();
        int at = 0;
        for (int i = 0; i < ofWeights.size(); i++) {
            int from = ofWeights.get(i).at();
            for (int to = from + ofWeights.get(i).size(); from < to; from++, at++) {
                double held = present[from];
                present[from] = statistics[at];
                statistics[at] = held;
            }
        }
        weights.statisticsChanged();
    }

    long bytes() {
        long bytes = (long) copies.length * copies[0].length * Float.BYTES + (long) statistics.length * Double.BYTES;
        for (RowLog log : logs) {
            bytes += log.bytes();
        }
        return bytes;
    }

    void write(ByteBuffer out) {
        for (float[] copy : copies) {
            out.asFloatBuffer().put(copy);
            out.position(out.position() + copy.length * Float.BYTES);
        }
        out.asDoubleBuffer().put(statistics);
        out.position(out.position() + statistics.length * Double.BYTES);
        logs.forEach(log -> log.write(out));
    }

    void read(ByteBuffer in) {
        for (float[] copy : copies) {
            in.asFloatBuffer().get(copy);
            in.position(in.position() + copy.length * Float.BYTES);
        }
        in.asDoubleBuffer().get(statistics);
        in.position(in.position() + statistics.length * Double.BYTES);
        logs.forEach(log -> log.read(in));
    }
}
