package io.gradstream.connectors.formats;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The used fields as a tree of names: a node is either a record that is entered or a value that is read. */
final class FieldTree {

    /** One column that a value is read into. */
    record Use(int column, FieldType type) {}

    /** From the root, with dots; empty at the root. */
    final String path;

    /** The columns a value is read into; empty at a record. */
    final List<Use> uses = new ArrayList<>();

    private final Map<String, FieldTree> children = new HashMap<>();

    private FieldTree(String path) {
        this.path = path;
    }

    /** @throws FormatException when a path is used both as a record and as a value */
    static FieldTree of(List<Field> used) throws FormatException {
        FieldTree root = new FieldTree("");
        for (int column = 0; column < used.size(); column++) {
            Field field = used.get(column);
            root.enter(field.path()).uses.add(new Use(column, field.type()));
        }
        List<String> problems = new ArrayList<>();
        root.findValuesThatAreRecords(problems);
        if (!problems.isEmpty()) {
            throw new FormatException(problems);
        }
        return root;
    }

    /** The node of a name in this record, null when nothing of it is used. */
    FieldTree child(String name) {
        return children.get(name);
    }

    /** The nodes of this record. */
    Iterable<Map.Entry<String, FieldTree>> children() {
        return children.entrySet();
    }

    /** Whether it is entered rather than read. */
    boolean isRecord() {
        return uses.isEmpty();
    }

    private FieldTree enter(String fieldPath) {
        FieldTree node = this;
        for (int from = 0, dot; from <= fieldPath.length(); from = dot + 1) {
            dot = fieldPath.indexOf('.', from);
            dot = dot < 0 ? fieldPath.length() : dot;
            String through = fieldPath.substring(0, dot);
            node = node.children.computeIfAbsent(fieldPath.substring(from, dot), name -> new FieldTree(through));
        }
        return node;
    }

    private void findValuesThatAreRecords(List<String> problems) {
        if (!uses.isEmpty() && !children.isEmpty()) {
            FieldTree nested = children.values().iterator().next();
            problems.add("field '" + path + "' is used as " + uses.get(0).type().wanted() + ", and as a record by '"
                    + nested.path + "'");
        }
        children.values().forEach(child -> child.findValuesThatAreRecords(problems));
    }
}
