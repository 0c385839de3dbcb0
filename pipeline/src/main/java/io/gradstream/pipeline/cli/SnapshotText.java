package io.gradstream.pipeline.cli;

import io.gradstream.model.Model;
import io.gradstream.model.ModelSummary;
import io.gradstream.model.SnapshotInfo;
import io.gradstream.model.snapshots.Safetensors;
import io.gradstream.model.snapshots.SnapshotException;
import io.gradstream.model.snapshots.Tensor;
import io.gradstream.model.spec.OneLine;
import io.gradstream.model.spec.SpecWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A snapshot in words: verified first, then told. */
final class SnapshotText {
    private static final int LONGEST = 100;

    private final SnapshotInfo info;
    private final Model model;
    private final Safetensors file;

    private SnapshotText(Model model, Safetensors file) {
        this.info = model.info();
        this.model = model;
        this.file = file;
    }

    /**
     * Reads and checks a snapshot.
     *
     * @throws SnapshotException if it is damaged, or is no snapshot of this program
     */
    static SnapshotText of(byte[] bytes) throws SnapshotException {
        return new SnapshotText(Model.read(bytes), Safetensors.read(bytes));
    }

    /** As maps and lists, for JSON. */
    Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("lineage", info.lineage());
        tree.put("version", info.version());
        tree.put("examples", info.examples());
        tree.put("spec-hash", info.specHash());
        tree.put("sha256", info.sha256());
        tree.put("about", new TreeMap<>(info.about()));
        ModelSummary summary = ModelSummary.of(model.spec());
        tree.put("inputs", ModelText.tree(summary.inputs()));
        tree.put("layers", ModelText.tree(summary.layers()));
        tree.put("spec", SpecWriter.tree(model.spec()));
        List<Object> tensors = new ArrayList<>();
        for (Tensor tensor : file.tensors()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("name", tensor.name());
            row.put("type", tensor.type().name());
            row.put(
                    "shape",
                    Arrays.stream(tensor.shape())
                            .mapToObj(size -> (Object) (long) size)
                            .toList());
            tensors.add(row);
        }
        tree.put("tensors", tensors);
        return tree;
    }

    /** As a table. */
    String table() {
        StringBuilder text = new StringBuilder();
        row(text, "lineage", info.lineage());
        row(text, "version (steps)", String.format(Locale.ROOT, "%,d", info.version()));
        row(text, "examples learned", String.format(Locale.ROOT, "%,d", info.examples()));
        row(text, "spec hash", info.specHash());
        row(text, "SHA-256 of tensors", info.sha256() + " (verified)");
        row(text, "task", model.spec().task().name().toLowerCase(Locale.ROOT));
        new TreeMap<>(info.about())
                .forEach((key, value) -> row(text, OneLine.shortened(key, LONGEST), shortened(value)));
        text.append('\n').append(ModelText.of(model.spec()));
        text.append('\n').append(String.format(Locale.ROOT, "%-44s %-5s %s%n", "tensor", "type", "shape"));
        for (Tensor tensor : file.tensors()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-44s %-5s %s%n",
                    OneLine.shortened(tensor.name(), LONGEST),
                    tensor.type(),
                    Arrays.toString(tensor.shape())));
        }
        return text.toString();
    }

    private static String shortened(String value) {
        String line = value.replaceAll("\\s+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "… (--format json shows all)";
    }

    private static void row(StringBuilder text, String name, String value) {
        text.append(String.format(Locale.ROOT, "%-22s %s%n", name, value));
    }
}
