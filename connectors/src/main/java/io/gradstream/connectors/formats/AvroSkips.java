package io.gradstream.connectors.formats;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.OptionalInt;
import org.apache.avro.Schema;

/**
 * Writes the operations that skip a value. Skipped records, and the items of arrays and maps, are written once each and
 * called, so that neither recursion nor a record that is named in many places makes the plan grow.
 */
final class AvroSkips {

    private static final int DEEPEST = 64;

    /** A place that calls something not written yet. */
    private record Call(int address, Schema callee, String path) {}

    private final AvroCode out;
    private final IdentityHashMap<Schema, Integer> sizes = new IdentityHashMap<>();
    private final IdentityHashMap<Schema, Integer> written = new IdentityHashMap<>();
    private final Deque<Call> calls = new ArrayDeque<>();

    AvroSkips(AvroCode out) {
        this.out = out;
    }

    /** Skips any value. */
    void skip(Schema schema, String path) throws FormatException {
        OptionalInt size = fixedSize(schema);
        if (size.isPresent()) {
            if (size.getAsInt() > 0) {
                out.add(path, AvroOp.SKIP, size.getAsInt());
            }
            return;
        }
        switch (schema.getType()) {
            case INT, LONG, ENUM -> out.add(path, AvroOp.SKIP_VARINTS, 1);
            case STRING, BYTES -> out.add(path, AvroOp.SKIP_BLOBS, 1);
            case RECORD -> call(AvroOp.CALL, schema, path);
            case ARRAY -> skipItems(schema, fixedSize(schema.getElementType()), path);
            case MAP -> call(AvroOp.SKIP_BLOCKS, schema, path);
            default -> throw new FormatException("field '" + path + "' cannot be skipped: " + schema.getType());
        }
    }

    /** Writes all that was called and is not written yet. */
    void writeCalled() throws FormatException {
        for (Call call = calls.poll(); call != null; call = calls.poll()) {
            Integer address = written.get(call.callee);
            if (address == null) {
                address = out.here();
                written.put(call.callee, address);
                writeBody(call.callee, call.path);
            }
            out.patch(call.address, 0, address);
        }
    }

    private void skipItems(Schema array, OptionalInt itemSize, String path) throws FormatException {
        if (itemSize.isPresent()) {
            out.add(path, AvroOp.SKIP_SIZED_BLOCKS, itemSize.getAsInt());
        } else {
            call(AvroOp.SKIP_BLOCKS, array, path);
        }
    }

    private void call(int op, Schema callee, String path) throws FormatException {
        calls.add(new Call(out.add(path, op, 0), callee, path));
    }

    private void writeBody(Schema schema, String path) throws FormatException {
        switch (schema.getType()) {
            case RECORD -> {
                for (Schema.Field field : schema.getFields()) {
                    value(field.schema(), path);
                }
            }
            case ARRAY -> value(schema.getElementType(), path);
            default -> {
                out.add(path, AvroOp.SKIP_BLOBS, 1);
                value(schema.getValueType(), path);
            }
        }
        out.add(path, AvroOp.END, 0);
    }

    private void value(Schema schema, String path) throws FormatException {
        if (schema.isUnion()) {
            AvroUnion.write(schema, path, out, branch -> skip(branch, path));
        } else {
            skip(schema, path);
        }
    }

    /** The bytes every value of this type has, if that is always the same number; at most 2^31 - 1, which none has. */
    private OptionalInt fixedSize(Schema schema) {
        int size = fixedSize(schema, 0);
        return size < 0 ? OptionalInt.empty() : OptionalInt.of(size);
    }

    private int fixedSize(Schema schema, int depth) {
        return switch (schema.getType()) {
            case NULL -> 0;
            case BOOLEAN -> 1;
            case FLOAT -> Float.BYTES;
            case DOUBLE -> Double.BYTES;
            case FIXED -> schema.getFixedSize();
            case RECORD -> recordSize(schema, depth);
            default -> -1;
        };
    }

    private int recordSize(Schema schema, int depth) {
        Integer known = sizes.putIfAbsent(schema, -1); // what it is while it is being measured, if it contains itself
        if (known != null || depth > DEEPEST) {
            return known == null ? -1 : known;
        }
        long sum = 0;
        for (Schema.Field field : schema.getFields()) {
            int size = fixedSize(field.schema(), depth + 1);
            if (size < 0) {
                return -1;
            }
            sum = Math.min(Integer.MAX_VALUE, sum + size);
        }
        sizes.put(schema, (int) sum);
        return (int) sum;
    }
}
