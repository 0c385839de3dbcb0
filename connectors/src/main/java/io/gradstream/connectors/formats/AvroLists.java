package io.gradstream.connectors.formats;

import java.util.List;
import org.apache.avro.Schema;

/** Reads arrays of numbers, arrays of such arrays, and bytes, into lists. */
final class AvroLists {
    /** What an array's items may be; an operation names one by its place. */
    static final List<Schema.Type> ITEMS =
            List.of(Schema.Type.FLOAT, Schema.Type.DOUBLE, Schema.Type.INT, Schema.Type.LONG);

    private static final int FLOAT = 0;
    private static final int DOUBLE = 1;
    private static final int INT = 2;

    private AvroLists() {}

    /** An array whose items are arrays themselves until {@code depth} is 1. */
    static void readArray(AvroBytes in, int column, int item, int depth, FieldValues into) throws UndecodableException {
        for (long count = in.readLong(); count != 0; count = in.readLong()) {
            if (count < 0) {
                // The size in bytes, for those who skip.
                in.readLong();
            }
            if (count == Long.MIN_VALUE) {
                throw new UndecodableException("has the length " + count);
            }
            long items = in.checkedCount(Math.abs(count));
            for (long i = 0; i < items; i++) {
                if (depth > 1) {
                    readArray(in, column, item, depth - 1, into);
                } else {
                    into.addToList(column, readItem(in, item));
                }
            }
        }
    }

    private static double readItem(AvroBytes in, int item) throws UndecodableException {
        return switch (item) {
            case FLOAT -> in.readFloat();
            case DOUBLE -> in.readDouble();
            case INT -> in.readInt();
            default -> (double) in.readLong();
        };
    }

    /** Bytes, each a number from 0 to 255. */
    static void readBytes(AvroBytes in, int column, long length, FieldValues into) throws UndecodableException {
        int from = in.take(length);
        for (int i = 0; i < length; i++) {
            into.addToList(column, in.bytes()[from + i] & 0xFF);
        }
    }
}
