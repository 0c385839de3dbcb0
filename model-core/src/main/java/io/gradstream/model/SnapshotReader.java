package io.gradstream.model;

import io.gradstream.model.guard.Guard;
import io.gradstream.model.guard.GuardSpec;
import io.gradstream.model.layers.ShapeException;
import io.gradstream.model.parameters.Parameter;
import io.gradstream.model.parameters.SparseTable;
import io.gradstream.model.parameters.Statistic;
import io.gradstream.model.parameters.Table;
import io.gradstream.model.parameters.Weights;
import io.gradstream.model.snapshots.DType;
import io.gradstream.model.snapshots.Safetensors;
import io.gradstream.model.snapshots.SnapshotException;
import io.gradstream.model.snapshots.Tensor;
import io.gradstream.model.spec.Json;
import io.gradstream.model.spec.JsonException;
import io.gradstream.model.spec.SpecException;
import io.gradstream.model.spec.SpecReader;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads what {@link SnapshotWriter} wrote, and refuses anything else. */
final class SnapshotReader {
    private final Safetensors file;
    private final ModelSpec spec;
    private final Compiled compiled;
    private final SnapshotInfo info;

    private SnapshotReader(Safetensors file, ModelSpec spec, SnapshotInfo info) throws SnapshotException {
        this.file = file;
        this.spec = spec;
        this.info = info;
        try {
            this.compiled = Compiled.of(spec);
        } catch (IllegalArgumentException e) {
            throw new SnapshotException("the snapshot's spec is impossible: " + e.getMessage(), e);
        }
    }

    /** Checks format version, checksum, spec and counters. */
    static SnapshotReader open(byte[] snapshot) throws SnapshotException {
        Safetensors file = Safetensors.read(snapshot);
        Map<String, String> metadata = file.metadata();
        String format = metadata.get(SnapshotFormat.FORMAT);
        if (!SnapshotFormat.VERSION.equals(format)) {
            throw new SnapshotException(
                    format == null
                            ? "not a Gradstream snapshot: metadata lacks " + SnapshotFormat.FORMAT
                            : SnapshotFormat.FORMAT + ": wanted " + SnapshotFormat.VERSION + ", came " + format
                                    + "; a newer Gradstream wrote it");
        }
        String sha256 = entry(metadata, SnapshotFormat.SHA256);
        if (!sha256.equals(file.dataSha256())) {
            throw new SnapshotException("the snapshot was altered or torn: SHA-256 of its tensors wanted " + sha256
                    + ", came " + file.dataSha256());
        }
        ModelSpec spec = spec(entry(metadata, SnapshotFormat.SPEC));
        String hash = entry(metadata, SnapshotFormat.SPEC_HASH);
        if (!hash.equals(spec.hash())) {
            throw new SnapshotException(
                    "the snapshot was altered: hash of its spec wanted " + hash + ", came " + spec.hash());
        }
        SnapshotCounters.check(file);
        return new SnapshotReader(file, spec, info(metadata, hash, sha256));
    }

    private static SnapshotInfo info(Map<String, String> metadata, String hash, String sha256)
            throws SnapshotException {
        Map<String, String> about = new TreeMap<>(metadata);
        about.keySet().removeIf(key -> key.startsWith(SnapshotFormat.PREFIX));
        return new SnapshotInfo(
                entry(metadata, SnapshotFormat.LINEAGE),
                number(metadata, SnapshotFormat.STEPS),
                number(metadata, SnapshotFormat.EXAMPLES),
                hash,
                sha256,
                about);
    }

    private static String entry(Map<String, String> metadata, String key) throws SnapshotException {
        String value = metadata.get(key);
        if (value == null) {
            throw new SnapshotException("the snapshot's metadata lacks " + key);
        }
        return value;
    }

    static long number(Map<String, String> metadata, String key) throws SnapshotException {
        try {
            return Long.parseLong(entry(metadata, key));
        } catch (NumberFormatException e) {
            throw new SnapshotException(key + ": wanted a whole number, came " + metadata.get(key), e);
        }
    }

    private static ModelSpec spec(String json) throws SnapshotException {
        try {
            return SpecReader.read(ModelSpec.class, Json.read(json));
        } catch (JsonException | SpecException e) {
            throw new SnapshotException("the snapshot's spec cannot be read: " + e.getMessage(), e);
        }
    }

    /** Refuses the snapshot, naming the first setting that differs, unless the wanted spec can go on from its own. */
    private void expect(ModelSpec wanted) throws SnapshotException {
        Optional<String> difference = wanted.difference(spec);
        if (difference.isPresent()) {
            throw new SnapshotException("the snapshot is of another model: " + difference.get());
        }
    }

    /** Before anything is allocated: what the spec says there is, is in the file, so no more is taken than that holds. */
    private void expectTensors() throws SnapshotException {
        for (Parameter parameter : compiled.layout().parameters()) {
            file.tensor(parameter.name()).expect(DType.F32, parameter.shape().dims());
        }
        for (Statistic statistic : compiled.layout().statistics()) {
            file.tensor(statistic.name()).expect(DType.F64, statistic.size());
        }
        SnapshotFormat.expectFinite(file);
    }

    Model model() throws SnapshotException {
        expectTensors();
        try {
            Weights weights = Weights.create(compiled.layout(), spec.seed(), 0);
            readWeights(weights);
            for (Table table : compiled.layout().tables()) {
                readTable(table, weights.table(table.index()), List.of());
            }
            return new Model(compiled, weights, info);
        } catch (OutOfMemoryError e) {
            throw new SnapshotException(
                    "no model can be made of the snapshot here: wanted room for the "
                            + (long) compiled.layout().floats() * Float.BYTES
                            + " bytes of its dense parameters and for its rows of tables, came a heap of "
                            + Runtime.getRuntime().maxMemory() + " bytes that lacks it",
                    e);
        }
    }

    /** A learner that goes on where the snapshot was made. */
    Learner learner() throws SnapshotException {
        return learner(compiled, GuardSpec.OFF, new byte[0]);
    }

    /** A learner of another spec that can go on from the snapshot's. Rows that fill its smaller mini-batches are learned at once, guarded. */
    Learner learner(ModelSpec wanted, GuardSpec guard, byte[] guardState) throws SnapshotException {
        expect(wanted);
        return learner(Compiled.of(wanted), guard, guardState);
    }

    private Learner learner(Compiled wanted, GuardSpec guard, byte[] guardState) throws SnapshotException {
        Learner learner = made(wanted, guard);
        if (learner.guard().isPresent() && guardState.length > 0 && !Guard.isOlder(guardState)) {
            try {
                learner.guard().get().restore(guardState);
            } catch (IllegalArgumentException e) {
                throw new SnapshotException(e.getMessage(), e);
            }
        }
        new PendingTensors(file, compiled).readInto(learner);
        return learner;
    }

    private Learner made(Compiled wanted, GuardSpec guard) throws SnapshotException {
        try {
            return new Learner(learnerState(wanted, guard.enabled()), guard);
        } catch (ShapeException e) {
            throw notHere(e);
        } catch (OutOfMemoryError e) {
            throw notHere(HeapCheck.full(wanted, guard.enabled(), e));
        }
    }

    private static SnapshotException notHere(Exception cause) {
        return new SnapshotException("no learner can be made of the snapshot here: " + cause.getMessage(), cause);
    }

    private LearnerState learnerState(Compiled wanted, boolean guarded) throws SnapshotException {
        expectTensors();
        LearnerState state = LearnerState.create(wanted, info.lineage(), guarded);
        readWeights(state.weights());
        List<String> names = state.optimizer().slotNames();
        for (int i = 0; i < names.size(); i++) {
            for (Parameter parameter : compiled.layout().parameters()) {
                Tensor tensor = file.tensor(SnapshotFormat.slot(names.get(i), parameter.name()));
                tensor.floats(
                        state.optimizer().slots()[i],
                        parameter.at(),
                        parameter.shape().dims());
            }
        }
        for (Table table : compiled.layout().tables()) {
            readTable(table, state.weights().table(table.index()), names);
        }
        readCounters(state);
        return state;
    }

    private void readWeights(Weights weights) throws SnapshotException {
        for (Parameter parameter : compiled.layout().parameters()) {
            file.tensor(parameter.name())
                    .floats(weights.dense(), parameter.at(), parameter.shape().dims());
        }
        for (Statistic statistic : compiled.layout().statistics()) {
            double[] values = file.tensor(statistic.name()).doubles();
            expectSize(statistic.name(), values.length, statistic.size());
            expectAtLeast(statistic, values);
            System.arraycopy(values, 0, weights.statistics(), statistic.at(), statistic.size());
        }
        weights.statisticsChanged();
    }

    private static void expectAtLeast(Statistic statistic, double[] values) throws SnapshotException {
        for (double value : values) {
            if (value < statistic.atLeast()) {
                throw new SnapshotException(
                        statistic.name() + ": wanted at least " + statistic.atLeast() + ", came " + value);
            }
        }
    }

    private void readTable(Table spec, SparseTable table, List<String> slots) throws SnapshotException {
        String rowsName = SnapshotFormat.rows(spec.name());
        int[] rows = file.tensor(rowsName).ints();
        float[][] copies = new float[1 + slots.size()][Math.multiplyExact(rows.length, spec.width())];
        file.tensor(spec.name()).floats(copies[0], 0, rows.length, spec.width());
        for (int a = 1; a < copies.length; a++) {
            file.tensor(SnapshotFormat.slot(slots.get(a - 1), spec.name()))
                    .floats(copies[a], 0, rows.length, spec.width());
        }
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] < 0 || rows[i] >= spec.rows() || (i > 0 && rows[i] <= rows[i - 1])) {
                throw new SnapshotException(
                        rowsName + ": wanted ascending rows in [0, " + spec.rows() + "), came " + rows[i] + " at " + i);
            }
            int place = table.touch(rows[i]);
            for (int a = 0; a < copies.length; a++) {
                float[] to = a == 0 ? table.values(place) : table.slot(a - 1, place);
                System.arraycopy(copies[a], i * spec.width(), to, table.at(place), spec.width());
            }
        }
    }

    private void readCounters(LearnerState state) throws SnapshotException {
        long[] counters = SnapshotCounters.of(file);
        float[] loss = file.tensor(SnapshotFormat.LOSS).floats();
        expectSize(SnapshotFormat.LOSS, loss.length, 1);
        state.counters(counters[0], counters[1], counters[2], loss[0]);
    }

    static void expectSize(String name, int came, int wanted) throws SnapshotException {
        if (came != wanted) {
            throw new SnapshotException(name + ": wanted " + wanted + " elements, came " + came);
        }
    }

    /** The tensors' names and shapes, for messages. */
    @Override
    public String toString() {
        return file.tensors().stream()
                .map(tensor -> tensor.name() + Arrays.toString(tensor.shape()))
                .toList()
                .toString();
    }
}
