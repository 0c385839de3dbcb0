package io.gradstream.connectors.formats;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Seeded schemas with everything Avro has, and records of them. */
final class RandomAvro {

    private static final List<LogicalType> LONG_TIMES = List.of(
            LogicalTypes.timestampMillis(),
            LogicalTypes.timestampMicros(),
            LogicalTypes.timestampNanos(),
            LogicalTypes.localTimestampMillis(),
            LogicalTypes.localTimestampMicros(),
            LogicalTypes.localTimestampNanos(),
            LogicalTypes.timeMicros());

    private final Random random;
    private final List<Schema> open = new ArrayList<>();
    private int names;

    RandomAvro(long seed) {
        random = new Random(seed);
    }

    Schema record(int depth) {
        Schema record = Schema.createRecord("R" + names++, null, "random", false);
        open.add(record);
        List<Schema.Field> fields = new ArrayList<>();
        for (int i = 0, n = random.nextInt(9); i < n; i++) {
            fields.add(new Schema.Field("f" + i, anyType(depth)));
        }
        record.setFields(fields);
        open.remove(record);
        return record;
    }

    private Schema anyType(int depth) {
        int kind = random.nextInt(20);
        if (kind < 6) {
            return union(depth);
        }
        return kind < 17 || depth == 0 ? leaf() : container(depth);
    }

    private Schema container(int depth) {
        return switch (random.nextInt(3)) {
            case 0 -> Schema.createArray(anyType(depth - 1));
            case 1 -> Schema.createMap(anyType(depth - 1));
            default -> record(depth - 1);
        };
    }

    private Schema union(int depth) {
        Map<String, Schema> types = new LinkedHashMap<>();
        Schema nothing = Schema.create(Schema.Type.NULL);
        if (random.nextBoolean()) {
            types.put("null", nothing);
        }
        for (int i = 0, n = 1 + random.nextInt(3); i < n; i++) {
            Schema type = depth > 0 && random.nextInt(3) == 0 ? container(depth) : leaf();
            types.putIfAbsent(type.getFullName(), type);
        }
        if (!open.isEmpty() && random.nextInt(8) == 0) {
            Schema self = open.get(random.nextInt(open.size()));
            types.putIfAbsent(self.getFullName(), self);
        }
        types.putIfAbsent("null", nothing);
        return Schema.createUnion(new ArrayList<>(types.values()));
    }

    private Schema leaf() {
        return switch (random.nextInt(16)) {
            case 0 -> Schema.create(Schema.Type.BOOLEAN);
            case 1 -> Schema.create(Schema.Type.INT);
            case 2 -> Schema.create(Schema.Type.LONG);
            case 3, 4, 5 -> Schema.create(Schema.Type.FLOAT);
            case 6 -> Schema.create(Schema.Type.DOUBLE);
            case 7, 8 -> Schema.create(Schema.Type.STRING);
            case 9 -> Schema.create(Schema.Type.BYTES);
            case 10 -> Schema.createEnum("E" + names++, null, "random", List.of("RED", "GREEN", "BLUE"));
            case 11 -> Schema.createFixed("F" + names++, null, "random", random.nextInt(9));
            case 12 -> LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
            case 13 -> decimal();
            case 14 -> LogicalTypes.uuid().addToSchema(Schema.createFixed("U" + names++, null, "random", 16));
            default -> LONG_TIMES.get(random.nextInt(LONG_TIMES.size())).addToSchema(Schema.create(Schema.Type.LONG));
        };
    }

    private Schema decimal() {
        int size = 1 + random.nextInt(20);
        int precision = (int) Math.max(1, Math.floor(Math.log10(Math.pow(2, 8 * size - 1) - 1)));
        Schema bytes = random.nextBoolean()
                ? Schema.create(Schema.Type.BYTES)
                : Schema.createFixed("D" + names++, null, "random", size);
        return LogicalTypes.decimal(precision, random.nextInt(precision + 1)).addToSchema(bytes);
    }

    /** A value of the schema; deep down, unions take null where they can and arrays are empty. */
    Object datum(Schema schema, int depth) {
        return switch (schema.getType()) {
            case NULL -> null;
            case BOOLEAN -> random.nextBoolean();
            case INT -> random.nextBoolean() ? random.nextInt(2) : random.nextInt() >> random.nextInt(32);
            case LONG -> random.nextBoolean() ? random.nextInt(2) : random.nextLong() >> random.nextInt(64);
            case FLOAT -> Float.intBitsToFloat(random.nextInt());
            case DOUBLE -> random.nextGaussian();
            case STRING -> string();
            case BYTES -> ByteBuffer.wrap(bytes(random.nextInt(12) + (schema.getLogicalType() == null ? 0 : 1)));
            case ENUM ->
                new GenericData.EnumSymbol(schema, schema.getEnumSymbols().get(random.nextInt(3)));
            case FIXED -> new GenericData.Fixed(schema, bytes(schema.getFixedSize()));
            case UNION -> datum(branch(schema, depth), depth);
            case ARRAY -> items(schema.getElementType(), depth);
            case MAP -> map(schema.getValueType(), depth);
            case RECORD -> {
                GenericData.Record record = new GenericData.Record(schema);
                schema.getFields().forEach(f -> record.put(f.pos(), datum(f.schema(), depth - 1)));
                yield record;
            }
        };
    }

    private Schema branch(Schema union, int depth) {
        List<Schema> types = union.getTypes();
        return depth <= 0 ? types.get(union.getIndexNamed("null")) : types.get(random.nextInt(types.size()));
    }

    private List<Object> items(Schema schema, int depth) {
        List<Object> items = new ArrayList<>();
        for (int i = depth <= 0 ? 0 : random.nextInt(5); i > 0; i--) {
            items.add(datum(schema, depth - 1));
        }
        return items;
    }

    private Map<String, Object> map(Schema schema, int depth) {
        Map<String, Object> map = new LinkedHashMap<>();
        items(schema, depth).forEach(item -> map.put(string() + map.size(), item));
        return map;
    }

    String string() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append(random.nextInt(10) == 0 ? "é€😀" : (char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }

    private byte[] bytes(int n) {
        byte[] bytes = new byte[n];
        random.nextBytes(bytes);
        return bytes;
    }

    /** The record's Avro bytes; arrays and maps now and then in blocks that state their size. */
    byte[] write(Schema schema, Object datum) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        EncoderFactory encoders = new EncoderFactory().configureBlockSize(64);
        BinaryEncoder encoder =
                random.nextBoolean() ? encoders.binaryEncoder(out, null) : encoders.blockingBinaryEncoder(out, null);
        try {
            new GenericDatumWriter<>(schema).write(datum, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }
}
