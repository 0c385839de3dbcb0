package io.gradstream.model;

import io.gradstream.model.parameters.Parameter;
import io.gradstream.model.parameters.SparseTable;
import io.gradstream.model.parameters.Statistic;
import io.gradstream.model.parameters.Table;
import io.gradstream.model.snapshots.SafetensorsWriter;
import io.gradstream.model.spec.Json;
import io.gradstream.model.spec.SpecWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes the whole state of a learner, see {@link SnapshotFormat}. */
final class SnapshotWriter {
    private final LearnerState state;
    private final SafetensorsWriter writer = new SafetensorsWriter();

    SnapshotWriter(LearnerState state) {
        this.state = state;
    }

    byte[] write(Map<String, String> about) {
        addTensors();
        metadata(info(about, writer.dataSha256()));
        return writer.bytes();
    }

    SnapshotInfo info() {
        addTensors();
        return info(Map.of(), writer.dataSha256());
    }

    private SnapshotInfo info(Map<String, String> about, String sha256) {
        return new SnapshotInfo(
                state.lineage(),
                state.steps(),
                state.examples(),
                state.compiled().hash(),
                sha256,
                about);
    }

    private void metadata(SnapshotInfo info) {
        writer.metadata(SnapshotFormat.FORMAT, SnapshotFormat.VERSION);
        writer.metadata(SnapshotFormat.LINEAGE, info.lineage());
        writer.metadata(SnapshotFormat.STEPS, Long.toString(info.version()));
        writer.metadata(SnapshotFormat.EXAMPLES, Long.toString(info.examples()));
        writer.metadata(SnapshotFormat.SPEC_HASH, info.specHash());
        writer.metadata(SnapshotFormat.SHA256, info.sha256());
        writer.metadata(
                SnapshotFormat.SPEC, Json.write(SpecWriter.tree(state.compiled().spec())));
        for (Map.Entry<String, String> entry : new TreeMap<>(info.about()).entrySet()) {
            if (entry.getKey().startsWith(SnapshotFormat.PREFIX)) {
                throw new IllegalArgumentException("about: keys that start with '" + SnapshotFormat.PREFIX
                        + "' are the snapshot's own, came '" + entry.getKey() + "'");
            }
            writer.metadata(entry.getKey(), entry.getValue());
        }
    }

    private void addTensors() {
        addDense();
        for (Table table : state.compiled().layout().tables()) {
            addTable(table);
        }
        for (Statistic statistic : state.compiled().layout().statistics()) {
            writer.add(statistic.name(), state.weights().statistics(), statistic.at(), statistic.size());
        }
        long[] counters = {state.steps(), state.examples(), state.skipped()};
        writer.add(SnapshotFormat.COUNTERS, counters, 0, counters.length);
        writer.add(SnapshotFormat.LOSS, new float[] {state.lastLoss()}, 0, 1);
        addPending();
    }

    private void addDense() {
        List<Parameter> parameters = state.compiled().layout().parameters();
        for (Parameter parameter : parameters) {
            writer.add(
                    parameter.name(),
                    state.weights().dense(),
                    parameter.at(),
                    parameter.shape().dims());
        }
        List<String> names = state.optimizer().slotNames();
        for (int i = 0; i < names.size(); i++) {
            for (Parameter parameter : parameters) {
                String name = SnapshotFormat.slot(names.get(i), parameter.name());
                float[] slot = state.optimizer().slots()[i];
                writer.add(name, slot, parameter.at(), parameter.shape().dims());
            }
        }
    }

    private void addTable(Table spec) {
        SparseTable table = state.weights().table(spec.index());
        int[] rows = table.touchedRows();
        List<String> names = state.optimizer().slotNames();
        float[][] copies = new float[1 + names.size()][Math.multiplyExact(rows.length, spec.width())];
        for (int i = 0; i < rows.length; i++) {
            int place = table.place(rows[i]);
            for (int a = 0; a < copies.length; a++) {
                float[] from = a == 0 ? table.values(place) : table.slot(a - 1, place);
                System.arraycopy(from, table.at(place), copies[a], i * spec.width(), spec.width());
            }
        }
        writer.add(SnapshotFormat.rows(spec.name()), rows, 0, rows.length);
        writer.add(spec.name(), copies[0], 0, rows.length, spec.width());
        for (int a = 1; a < copies.length; a++) {
            writer.add(SnapshotFormat.slot(names.get(a - 1), spec.name()), copies[a], 0, rows.length, spec.width());
        }
    }

    private void addPending() {
        PendingRows pending = state.pending();
        InputLayout layout = state.compiled().spec().layout();
        int rows = pending.size();
        writer.add(SnapshotFormat.PENDING_NUMBERS, pending.numbers(), 0, rows, layout.numbers());
        writer.add(SnapshotFormat.PENDING_IDS, pending.ids(), 0, rows, layout.ids());
        writer.add(SnapshotFormat.PENDING_TARGETS, pending.targets(), 0, rows);
        writer.add(SnapshotFormat.PENDING_WEIGHTS, pending.weights(), 0, rows);
    }
}
