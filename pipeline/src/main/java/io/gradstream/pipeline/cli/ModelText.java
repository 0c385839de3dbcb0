package io.gradstream.pipeline.cli;

import io.gradstream.model.Memory;
import io.gradstream.model.ModelSpec;
import io.gradstream.model.ModelSummary;
import io.gradstream.model.ModelSummary.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A model's inputs, layers and memory in words. */
final class ModelText {
    private ModelText() {}

    /** Inputs and layers as tables, and what a learner of it needs. */
    static String of(ModelSpec spec) {
        ModelSummary summary = ModelSummary.of(spec);
        int name = width(summary, "categories".length());
        StringBuilder text = new StringBuilder();
        String input = "%-" + name + "s  %-20s  %s%n";
        text.append(String.format(Locale.ROOT, input, "input", "kind", "shape of a row"));
        for (Part part : summary.inputs()) {
            text.append(String.format(Locale.ROOT, input, part.name(), part.kind(), part.shapeText()));
        }
        String layer = "%-" + name + "s  %-20s  %-20s  %14s%n";
        text.append('\n').append(String.format(Locale.ROOT, layer, "layer", "kind", "shape of a row", "parameters"));
        for (Part part : summary.layers()) {
            text.append(
                    String.format(Locale.ROOT, layer, part.name(), part.kind(), part.shapeText(), parameters(part)));
        }
        text.append(String.format(Locale.ROOT, layer, "all", "", "", count(summary.parameters())));
        if (summary.sparse() > 0) {
            text.append(String.format(Locale.ROOT, layer, "in tables, at most (*)", "", "", count(summary.sparse())));
        }
        return text.append('\n').append(memory(Memory.of(spec))).toString();
    }

    /** Inputs and layers as maps and lists, for JSON. */
    static List<Object> tree(List<Part> parts) {
        List<Object> trees = new ArrayList<>();
        for (Part part : parts) {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("name", part.name());
            tree.put("kind", part.kind());
            tree.put("shape", part.shape().stream().map(Integer::longValue).toList());
            tree.put("sequence", part.sequence());
            tree.put("parameters", part.parameters());
            tree.put("in-tables-at-most", part.sparse());
            trees.add(tree);
        }
        return trees;
    }

    private static int width(ModelSummary summary, int least) {
        int width = Math.max(least, "in tables, at most (*)".length());
        for (Part part : summary.inputs()) {
            width = Math.max(width, part.name().length());
        }
        for (Part part : summary.layers()) {
            width = Math.max(width, part.name().length());
        }
        return width;
    }

    private static String parameters(Part part) {
        return part.sparse() > 0 ? count(part.sparse()) + " (*)" : count(part.parameters());
    }

    private static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static String memory(Memory memory) {
        StringBuilder text = new StringBuilder("memory of the model\n");
        row(text, "  weights, statistics", memory.parameters());
        row(text, "  optimizer", memory.optimizer());
        row(text, "  gradients", memory.gradients());
        row(text, "  buffers", memory.buffers());
        row(text, "  all of these", memory.fixed());
        row(text, "  tables, at most", memory.sparseAtMost());
        row(text, "a guard, if enabled", memory.guard());
        row(text, "a guard, at most", memory.guardAtMost());
        row(text, "a snapshot, at most", memory.snapshotAtMost());
        return text.toString();
    }

    private static void row(StringBuilder text, String name, long bytes) {
        text.append(String.format(Locale.ROOT, "%-22s %s%n", name, bytes(bytes)));
    }

    private static String bytes(long count) {
        return count < 1 << 20
                ? String.format(Locale.ROOT, "%.1f KiB", count / 1024.0)
                : String.format(Locale.ROOT, "%.1f MiB", count / 1048576.0);
    }
}
