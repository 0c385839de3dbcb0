package io.gradstream.connectors.formats;

import java.util.List;
import org.apache.avro.Schema;

/** Writes the operations of a union: its branches one after another, and the jumps between. */
final class AvroUnion {

    /** Writes what one branch does. */
    interface Branch {
        void write(Schema schema) throws FormatException;
    }

    private AvroUnion() {}

    /** Writes a union; a null branch does nothing, the others are up to {@code branch}. */
    static void write(Schema union, String path, AvroCode out, Branch branch) throws FormatException {
        List<Schema> types = union.getTypes();
        if (types.size() == 2 && union.isNullable()) {
            int nullBranch = types.get(0).getType() == Schema.Type.NULL ? 0 : 1;
            int optional = out.add(path, AvroOp.OPTIONAL, nullBranch, 0);
            out.here();
            branch.write(types.get(1 - nullBranch));
            out.patch(optional, 1, out.here());
            return;
        }
        int[] operands = new int[1 + types.size()];
        operands[0] = types.size();
        int start = out.add(path, AvroOp.UNION, operands);
        int[] jumps = new int[types.size()];
        for (int i = 0; i < jumps.length; i++) {
            out.patch(start, 1 + i, out.here());
            if (types.get(i).getType() != Schema.Type.NULL) {
                branch.write(types.get(i));
            }
            jumps[i] = out.add(path, AvroOp.JUMP, 0);
        }
        int after = out.here();
        for (int jump : jumps) {
            out.patch(jump, 0, after);
        }
    }
}
