package io.gradstream.connectors.formats;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * Compiles a writer's schema and the fields used of it into an {@link AvroPlan}. Records on the way to a used field are
 * written in place, everything else is skipped.
 */
final class AvroCompiler {

    private final AvroCode out = new AvroCode();
    private final AvroSkips skips = new AvroSkips(out);
    private final Set<FieldTree.Use> readable = new HashSet<>();
    private final Map<FieldTree.Use, String> reasons = new HashMap<>();

    private AvroCompiler() {}

    /** @throws FormatException naming every used field that the schema lacks or has as something else */
    static AvroPlan compile(Schema schema, List<Field> used) throws FormatException {
        return new AvroCompiler().plan(schema, FieldTree.of(used), used);
    }

    private AvroPlan plan(Schema schema, FieldTree root, List<Field> used) throws FormatException {
        boolean hasRecord = schema.getType() == Schema.Type.RECORD
                || (schema.isUnion() && schema.getTypes().stream().anyMatch(t -> t.getType() == Schema.Type.RECORD));
        if (!hasRecord) {
            throw new FormatException("the Avro schema is " + AvroLeaf.describe(schema) + "; a record was wanted");
        }
        value(schema, root);
        List<String> problems = new ArrayList<>();
        for (int column = 0; column < used.size(); column++) {
            FieldTree.Use use = new FieldTree.Use(column, used.get(column).type());
            if (!readable.contains(use)) {
                problems.add("field '" + used.get(column).path() + "' "
                        + reasons.getOrDefault(use, "is always null in the Avro schema"));
            }
        }
        if (!problems.isEmpty()) {
            throw new FormatException(problems);
        }
        out.add("", AvroOp.END, 0);
        skips.writeCalled();
        return out.plan();
    }

    private void value(Schema schema, FieldTree node) throws FormatException {
        if (isOptionalFloat(schema, node)) {
            FieldTree.Use use = node.uses.get(0);
            int nullBranch = schema.getTypes().get(0).getType() == Schema.Type.NULL ? 0 : 1;
            out.add(node.path, AvroOp.OPTIONAL_FLOATS, nullBranch, 1, use.column());
            readable.add(use);
        } else if (schema.isUnion()) {
            AvroUnion.write(schema, node.path, out, branch -> value(branch, node));
        } else if (!node.isRecord()) {
            leaf(schema, node);
        } else if (schema.getType() == Schema.Type.RECORD) {
            enter(schema, node);
        } else {
            because(
                    node,
                    "leads through " + AvroLeaf.describe(schema) + " in the Avro schema; only records have fields");
            refuse(node.path, "is not a record: " + AvroLeaf.describe(schema) + " came");
        }
    }

    /** Floats that may be missing are common, and come in rows: they have an operation of their own. */
    private static boolean isOptionalFloat(Schema schema, FieldTree node) {
        return schema.isUnion()
                && schema.isNullable()
                && schema.getTypes().size() == 2
                && schema.getTypes().stream().anyMatch(type -> type.getType() == Schema.Type.FLOAT)
                && node.uses.size() == 1
                && node.uses.get(0).type() == FieldType.NUMBER;
    }

    private void enter(Schema schema, FieldTree node) throws FormatException {
        for (Schema.Field field : schema.getFields()) {
            FieldTree child = node.child(field.name());
            if (child != null) {
                value(field.schema(), child);
            } else {
                skip(field.schema(), node.path.isEmpty() ? field.name() : node.path + "." + field.name());
            }
        }
        List<String> names = schema.getFields().stream().map(Schema.Field::name).toList();
        for (Map.Entry<String, FieldTree> child : node.children()) {
            if (!names.contains(child.getKey())) {
                because(
                        child.getValue(),
                        "is not in record '" + schema.getName() + "' of the Avro schema"
                                + NearestName.hint(child.getKey(), names));
            }
        }
    }

    private void skip(Schema schema, String path) throws FormatException {
        if (schema.isUnion()) {
            AvroUnion.write(schema, path, out, branch -> skips.skip(branch, path));
        } else {
            skips.skip(schema, path);
        }
    }

    private void leaf(Schema schema, FieldTree node) throws FormatException {
        boolean several = node.uses.size() > 1;
        if (several) {
            out.add(node.path, AvroOp.MARK, 0);
        }
        for (int i = 0; i < node.uses.size(); i++) {
            FieldTree.Use use = node.uses.get(i);
            if (i > 0) {
                out.add(node.path, AvroOp.REWIND, 0);
            }
            if (AvroLeaf.read(schema, use.type(), use.column(), node.path, out)) {
                readable.add(use);
            } else {
                String came = AvroLeaf.describe(schema);
                reasons.putIfAbsent(
                        use, "is " + came + " in the Avro schema; " + use.type().wanted() + " was wanted");
                refuse(node.path, "is not " + use.type().wanted() + ": " + came + " came");
            }
        }
    }

    private void refuse(String path, String message) throws FormatException {
        out.add(path, AvroOp.REFUSE, out.message(message));
    }

    private void because(FieldTree node, String reason) {
        node.uses.forEach(use -> reasons.putIfAbsent(use, reason));
        node.children().forEach(child -> because(child.getValue(), reason));
    }
}
