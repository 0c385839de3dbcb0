package io.gradstream.connectors.formats;

import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** Which Avro types can be read as which {@link FieldType}. */
final class AvroLeaf {

    private static final int DEEPEST_LIST = 8;

    private AvroLeaf() {}

    /**
     * Writes the operation that reads a value.
     *
     * @return whether there is one
     */
    static boolean read(Schema schema, FieldType type, int column, String path, AvroCode out) throws FormatException {
        return switch (type) {
            case NUMBER -> readNumber(schema, column, path, out);
            case TEXT -> readText(schema, column, path, out);
            case BOOLEAN -> readFlag(schema, column, path, out);
            case TIME -> readTime(schema, column, path, out);
            case NUMBERS -> readList(schema, column, path, out);
        };
    }

    /** "a string", "a record", "a long (time-micros)". */
    static String describe(Schema schema) {
        String name = schema.getType().getName();
        LogicalType logical = schema.getLogicalType();
        boolean vowel = "aeiou".indexOf(name.charAt(0)) >= 0;
        return (vowel ? "an " : "a ") + name + (logical == null ? "" : " (" + logical.getName() + ")");
    }

    private static boolean readNumber(Schema schema, int column, String path, AvroCode out) throws FormatException {
        switch (schema.getType()) {
            case FLOAT -> out.add(path, AvroOp.FLOATS, 1, column);
            case DOUBLE -> out.add(path, AvroOp.DOUBLE, column);
            case INT -> out.add(path, AvroOp.INT_NUMBER, column);
            case LONG -> out.add(path, AvroOp.LONG_NUMBER, column);
            case BYTES, FIXED -> {
                return readDecimal(schema, column, path, out);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static boolean readDecimal(Schema schema, int column, String path, AvroCode out) throws FormatException {
        if (!(schema.getLogicalType() instanceof LogicalTypes.Decimal decimal)) {
            return false;
        }
        if (schema.getType() == Schema.Type.FIXED) {
            out.add(path, AvroOp.DECIMAL_FIXED, column, decimal.getScale(), schema.getFixedSize());
        } else {
            out.add(path, AvroOp.DECIMAL_BYTES, column, decimal.getScale());
        }
        return true;
    }

    private static boolean readList(Schema schema, int column, String path, AvroCode out) throws FormatException {
        if (schema.getType() == Schema.Type.BYTES) {
            out.add(path, AvroOp.BYTE_LIST, column);
            return true;
        }
        if (schema.getType() == Schema.Type.FIXED) {
            out.add(path, AvroOp.FIXED_LIST, column, schema.getFixedSize());
            return true;
        }
        int depth = 0;
        Schema item = schema;
        while (item.getType() == Schema.Type.ARRAY && depth < DEEPEST_LIST) {
            item = item.getElementType();
            depth++;
        }
        int kind = AvroLists.ITEMS.indexOf(item.getType());
        if (depth == 0 || kind < 0) {
            return false;
        }
        out.add(path, AvroOp.NUMBER_LIST, column, kind, depth);
        return true;
    }

    private static boolean readText(Schema schema, int column, String path, AvroCode out) throws FormatException {
        switch (schema.getType()) {
            case STRING -> out.add(path, AvroOp.STRING, column);
            case ENUM -> out.add(path, AvroOp.ENUM_TEXT, column, out.symbols(schema.getEnumSymbols()));
            case INT -> out.add(path, AvroOp.INT_TEXT, column);
            case LONG -> out.add(path, AvroOp.LONG_TEXT, column);
            case BOOLEAN -> out.add(path, AvroOp.BOOLEAN_TEXT, column);
            case FIXED -> {
                if (!logicalName(schema).equals("uuid")) {
                    return false;
                }
                out.add(path, AvroOp.UUID_TEXT, column);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static boolean readFlag(Schema schema, int column, String path, AvroCode out) throws FormatException {
        switch (schema.getType()) {
            case BOOLEAN -> out.add(path, AvroOp.FLAG, column);
            case INT -> out.add(path, AvroOp.INT_FLAG, column);
            case LONG -> out.add(path, AvroOp.LONG_FLAG, column);
            default -> {
                return false;
            }
        }
        return true;
    }

    private static boolean readTime(Schema schema, int column, String path, AvroCode out) throws FormatException {
        int perMillisecond = switch (logicalName(schema)) {
            case "", "timestamp-millis", "local-timestamp-millis" -> 1;
            case "timestamp-micros", "local-timestamp-micros" -> 1_000;
            case "timestamp-nanos", "local-timestamp-nanos" -> 1_000_000;
            default -> 0;
        };
        boolean isDate = logicalName(schema).equals("date");
        switch (schema.getType()) {
            case LONG -> {
                if (perMillisecond == 0) {
                    return false;
                }
                out.add(path, AvroOp.LONG_TIME, column, perMillisecond);
            }
            case INT -> {
                if (!isDate) {
                    return false;
                }
                out.add(path, AvroOp.DATE_TIME, column);
            }
            case STRING -> out.add(path, AvroOp.STRING_TIME, column);
            default -> {
                return false;
            }
        }
        return true;
    }

    private static String logicalName(Schema schema) {
        return schema.getLogicalType() == null ? "" : schema.getLogicalType().getName();
    }
}
