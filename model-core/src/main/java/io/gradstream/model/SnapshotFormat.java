package io.gradstream.model;

import io.gradstream.model.parameters.Parameter;
import io.gradstream.model.parameters.ParameterLayout;
import io.gradstream.model.parameters.Table;
import io.gradstream.model.snapshots.Safetensors;
import io.gradstream.model.snapshots.SnapshotException;
import io.gradstream.model.snapshots.Tensor;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a snapshot is: a safetensors file with these tensors.
 *
 * <table>
 * <caption>Tensors</caption>
 * <tr><td>{@code layer.weight} …</td><td>F32</td><td>dense parameters, in their shapes</td></tr>
 * <tr><td>{@code optimizer.slot/layer.weight} …</td><td>F32</td><td>each optimizer slot of each parameter</td></tr>
 * <tr><td>{@code layer.table}, {@code layer.table/rows}</td><td>F32, I32</td><td>touched rows of a sparse table (touched, width), and
 * which they are, ascending</td></tr>
 * <tr><td>{@code optimizer.slot/layer.table}</td><td>F32</td><td>their optimizer slots</td></tr>
 * <tr><td>{@code layer.mean} …</td><td>F64</td><td>running statistics</td></tr>
 * <tr><td>{@code learner/counters}</td><td>I64 (3)</td><td>steps, examples, skipped steps</td></tr>
 * <tr><td>{@code learner/loss}</td><td>F32 (1)</td><td>the last mini-batch's loss</td></tr>
 * <tr><td>{@code pending/numbers}, {@code /ids}, {@code /targets}, {@code /weights}</td><td>F32, I32</td><td>rows of the unfinished
 * mini-batch</td></tr>
 * </table>
 *
 * <p>Random choices (dropout) depend on the seed and the counters alone, so the counters are the generator's state. The metadata has
 * {@code gradstream.format}, {@code .lineage}, {@code .version}, {@code .examples}, {@code .spec} (JSON), {@code .spec-hash},
 * {@code .sha256} (of the data section), and the caller's own entries.
 */
final class SnapshotFormat {
    /** The version of this format. */
    static final String VERSION = "1";

    static final String PREFIX = "gradstream.";
    static final String FORMAT = PREFIX + "format";
    static final String LINEAGE = PREFIX + "lineage";
    static final String STEPS = PREFIX + "version";
    static final String EXAMPLES = PREFIX + "examples";
    static final String SPEC = PREFIX + "spec";
    static final String SPEC_HASH = PREFIX + "spec-hash";
    static final String SHA256 = PREFIX + "sha256";

    static final String COUNTERS = "learner/counters";
    static final String LOSS = "learner/loss";
    static final String PENDING_NUMBERS = "pending/numbers";
    static final String PENDING_IDS = "pending/ids";
    static final String PENDING_TARGETS = "pending/targets";
    static final String PENDING_WEIGHTS = "pending/weights";

    /** Numbers that may be NaN: a loss before the first step, and values of rows that are missing. Rows have checks of their own. */
    private static final Set<String> MAY_BE_NAN = Set.of(LOSS, PENDING_NUMBERS, PENDING_TARGETS, PENDING_WEIGHTS);

    private SnapshotFormat() {}

    /** Refuses weights, statistics and optimizer slots that are not finite: nothing comes back from them. */
    static void expectFinite(Safetensors file) throws SnapshotException {
        for (Tensor tensor : file.tensors()) {
            if (!MAY_BE_NAN.contains(tensor.name())) {
                tensor.expectFinite();
            }
        }
    }

    /** The tensors that a snapshot has beside those that a model's layers declare. */
    static Set<String> names(ParameterLayout layout, List<String> slots) {
        Set<String> names =
                new HashSet<>(List.of(COUNTERS, LOSS, PENDING_NUMBERS, PENDING_IDS, PENDING_TARGETS, PENDING_WEIGHTS));
        for (Table table : layout.tables()) {
            names.add(rows(table.name()));
            slots.forEach(slot -> names.add(slot(slot, table.name())));
        }
        for (Parameter parameter : layout.parameters()) {
            slots.forEach(slot -> names.add(slot(slot, parameter.name())));
        }
        return names;
    }

    static String slot(String slot, String name) {
        return "optimizer." + slot + "/" + name;
    }

    static String rows(String table) {
        return table + "/rows";
    }
}
