package io.gradstream.model;

import io.gradstream.model.parameters.Parameter;
import io.gradstream.model.parameters.Statistic;
import io.gradstream.model.parameters.Table;
import io.gradstream.model.snapshots.DType;
import io.gradstream.model.snapshots.SafetensorsSize;
import io.gradstream.model.spec.Json;
import io.gradstream.model.spec.SpecWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How many bytes the snapshots of a spec have at most, header and data, with nothing in {@link SnapshotInfo#about}. */
final class SnapshotSize {
    private static final String LONGEST_COUNT = Long.toString(Long.MAX_VALUE);
    /** A lineage is a UUID, a hash has as many digits as a SHA-256. */
    private static final String UUID = "-".repeat(36);

    private static final String SHA256 = "-".repeat(64);

    private final Compiled compiled;
    private final List<String> slots;
    private final SafetensorsSize size = new SafetensorsSize();

    private SnapshotSize(Compiled compiled) {
        this.compiled = compiled;
        this.slots = compiled.spec().optimizer().slotNames();
    }

    /** Before the first row of a sparse table is touched. */
    static long untouched(Compiled compiled) {
        return new SnapshotSize(compiled).bytes(false);
    }

    /** With every row of every sparse table touched. */
    static long atMost(Compiled compiled) {
        return new SnapshotSize(compiled).bytes(true);
    }

    private long bytes(boolean everyRow) {
        for (Parameter parameter : compiled.layout().parameters()) {
            int[] dims = parameter.shape().dims();
            long[] shape = new long[dims.length];
            for (int i = 0; i < dims.length; i++) {
                shape[i] = dims[i];
            }
            values(parameter.name(), shape);
        }
        for (Table table : compiled.layout().tables()) {
            long rows = everyRow ? table.rows() : 0;
            size.add(SnapshotFormat.rows(table.name()), DType.I32, rows);
            values(table.name(), rows, table.width());
        }
        for (Statistic statistic : compiled.layout().statistics()) {
            size.add(statistic.name(), DType.F64, statistic.size());
        }
        size.add(SnapshotFormat.COUNTERS, DType.I64, 3);
        size.add(SnapshotFormat.LOSS, DType.F32, 1);
        pending();
        return size.metadata(metadata()).bytes();
    }

    /** Weights and their optimizer slots. */
    private void values(String name, long... shape) {
        size.add(name, DType.F32, shape);
        for (String slot : slots) {
            size.add(SnapshotFormat.slot(slot, name), DType.F32, shape);
        }
    }

    private void pending() {
        long rows = compiled.spec().batchSize();
        InputLayout layout = compiled.spec().layout();
        size.add(SnapshotFormat.PENDING_NUMBERS, DType.F32, rows, layout.numbers());
        size.add(SnapshotFormat.PENDING_IDS, DType.I32, rows, layout.ids());
        size.add(SnapshotFormat.PENDING_TARGETS, DType.F32, rows);
        size.add(SnapshotFormat.PENDING_WEIGHTS, DType.F32, rows);
    }

    private Map<String, String> metadata() {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(SnapshotFormat.FORMAT, SnapshotFormat.VERSION);
        metadata.put(SnapshotFormat.LINEAGE, UUID);
        metadata.put(SnapshotFormat.STEPS, LONGEST_COUNT);
        metadata.put(SnapshotFormat.EXAMPLES, LONGEST_COUNT);
        metadata.put(SnapshotFormat.SPEC_HASH, compiled.hash());
        metadata.put(SnapshotFormat.SHA256, SHA256);
        metadata.put(SnapshotFormat.SPEC, Json.write(SpecWriter.tree(compiled.spec())));
        return metadata;
    }
}
