package io.gradstream.connectors.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Avro's own writer has written of random schemas is what the decoder reads. */
class AvroRoundTripTest {

    private static final int SCHEMAS = 400;
    private static final int RECORDS = 12;
    private static final Pattern PARTS = Pattern.compile("\\.");

    /** The record is refused because of this field: its union came as something else. */
    private static final Object REFUSED = new Object();

    @ParameterizedTest(name = "seed={0}")
    @ValueSource(longs = {1, 2, 3})
    void readsWhatAvroWrites(long seed) throws FormatException {
        RandomAvro avro = new RandomAvro(seed);
        Random random = new Random(seed);
        int read = 0;
        int refused = 0;
        for (int i = 0; i < SCHEMAS; i++) {
            Schema schema = avro.record(3);
            List<Field> used = someReadableFields(schema, random);
            RecordDecoder decoder = Formats.decoder(new AvroFormat(schema.toString(), AvroFormat.Framing.NONE), used);
            for (int k = 0; k < RECORDS; k++) {
                GenericRecord record = (GenericRecord) avro.datum(schema, 6);
                byte[] bytes = avro.write(schema, record);
                List<Object> expected =
                        used.stream().map(field -> expected(record, field)).toList();
                if (expected.contains(REFUSED)) {
                    refused++;
                    assertThatThrownBy(() -> Decoded.of(decoder, bytes, used)).isInstanceOf(UndecodableException.class);
                } else {
                    read++;
                    assertThat(decode(decoder, bytes, used))
                            .as("%s of %s", used, schema)
                            .isEqualTo(expected);
                    assertTruncatedAndLongerAreRefused(decoder, bytes, used, random);
                }
            }
        }
        assertThat(read).isGreaterThan(SCHEMAS * RECORDS / 3);
        assertThat(refused).isGreaterThan(SCHEMAS / 10);
    }

    @ParameterizedTest(name = "seed={0}")
    @ValueSource(longs = {12})
    void refusesBeforeTheStartWhatNoRecordCouldGive(long seed) {
        RandomAvro avro = new RandomAvro(seed);
        int refused = 0;
        for (int i = 0; i < SCHEMAS / 10; i++) {
            Schema schema = avro.record(2);
            AvroFormat format = new AvroFormat(schema.toString(), AvroFormat.Framing.NONE);
            for (Field field : fields(schema, "", 0)) {
                if (!isReadable(schema, field)) {
                    refused++;
                    assertThatThrownBy(() -> Formats.decoder(format, List.of(field)))
                            .isInstanceOf(FormatException.class)
                            .hasMessageContaining("field '" + field.path() + "'");
                }
            }
        }
        assertThat(refused).isGreaterThan(SCHEMAS / 10);
    }

    private static void assertTruncatedAndLongerAreRefused(
            RecordDecoder decoder, byte[] bytes, List<Field> used, Random random) {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(9));
        assertThatThrownBy(() -> Decoded.of(decoder, longer, used))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("is followed by " + (longer.length - bytes.length) + " bytes");
        if (bytes.length > 0) {
            byte[] shorter = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            assertThatThrownBy(() -> Decoded.of(decoder, shorter, used)).isInstanceOf(UndecodableException.class);
        }
    }

    private static List<Object> decode(RecordDecoder decoder, byte[] bytes, List<Field> used) {
        try {
            return Decoded.of(decoder, bytes, used);
        } catch (UndecodableException e) {
            throw new AssertionError(e);
        }
    }

    /** Some fields, none of them inside another; often one of them as two types at once. */
    private static List<Field> someReadableFields(Schema schema, Random random) {
        List<Field> all = new ArrayList<>(fields(schema, "", 0));
        Collections.shuffle(all, random);
        List<Field> used = new ArrayList<>();
        for (Field field : all) {
            boolean clashes = used.stream()
                    .anyMatch(other -> (other.path() + ".").startsWith(field.path() + ".")
                            ? !other.path().equals(field.path())
                            : field.path().startsWith(other.path() + "."));
            if (!clashes && isReadable(schema, field) && random.nextInt(3) > 0) {
                used.add(field);
            }
        }
        return used;
    }

    /** Every path that leads to something, as every type but lists. */
    private static List<Field> fields(Schema schema, String prefix, int depth) {
        List<Field> fields = new ArrayList<>();
        for (Schema record : branches(schema)) {
            if (record.getType() != Schema.Type.RECORD || depth > 3) {
                continue;
            }
            for (Schema.Field field : record.getFields()) {
                for (FieldType type : FieldType.values()) {
                    if (type != FieldType.NUMBERS) {
                        fields.add(new Field(prefix + field.name(), type));
                    }
                }
                fields.addAll(fields(field.schema(), prefix + field.name() + ".", depth + 1));
            }
        }
        return fields.stream().distinct().toList();
    }

    private static boolean isReadable(Schema schema, Field field) {
        List<Schema> at = List.of(schema);
        for (String name : PARTS.split(field.path())) {
            at = at.stream()
                    .flatMap(s -> branches(s).stream())
                    .filter(s -> s.getType() == Schema.Type.RECORD && s.getField(name) != null)
                    .map(s -> s.getField(name).schema())
                    .toList();
        }
        return at.stream().flatMap(s -> branches(s).stream()).anyMatch(s -> isReadable(s, field.type()));
    }

    private static boolean isReadable(Schema schema, FieldType type) {
        Schema.Type came = schema.getType();
        boolean whole = came == Schema.Type.INT || came == Schema.Type.LONG;
        boolean isText = came == Schema.Type.STRING;
        return switch (type) {
            case NUMBER ->
                whole
                        || came == Schema.Type.FLOAT
                        || came == Schema.Type.DOUBLE
                        || schema.getLogicalType() instanceof LogicalTypes.Decimal;
            case TEXT ->
                whole
                        || isText
                        || came == Schema.Type.ENUM
                        || came == Schema.Type.BOOLEAN
                        || schema.getLogicalType() instanceof LogicalTypes.Uuid;
            case BOOLEAN -> whole || came == Schema.Type.BOOLEAN;
            case TIME -> isText || isDate(schema) || (came == Schema.Type.LONG && !isTimeOfDay(schema));
            case NUMBERS -> false;
        };
    }

    private static boolean isTimeOfDay(Schema schema) {
        return schema.getLogicalType() instanceof LogicalTypes.TimeMicros;
    }

    private static boolean isDate(Schema schema) {
        return schema.getLogicalType() instanceof LogicalTypes.Date;
    }

    private static List<Schema> branches(Schema schema) {
        return schema.isUnion() ? schema.getTypes() : List.of(schema);
    }

    private static Object expected(GenericRecord record, Field field) {
        return walk(record.getSchema(), record, List.of(PARTS.split(field.path())), field.type());
    }

    private static Object walk(Schema schema, Object datum, List<String> names, FieldType type) {
        if (schema.isUnion()) {
            return walk(schema.getTypes().get(GenericData.get().resolveUnion(schema, datum)), datum, names, type);
        }
        if (schema.getType() == Schema.Type.NULL) {
            return null;
        }
        if (names.isEmpty()) {
            return leaf(schema, datum, type);
        }
        if (!(datum instanceof GenericRecord record)) {
            return REFUSED;
        }
        Schema.Field field = schema.getField(names.get(0));
        return field == null
                ? null
                : walk(field.schema(), record.get(field.pos()), names.subList(1, names.size()), type);
    }

    private static Object leaf(Schema schema, Object datum, FieldType type) {
        return switch (type) {
            case NUMBER -> number(schema, datum);
            case TEXT -> text(schema, datum);
            case BOOLEAN -> flag(datum);
            case TIME -> time(schema, datum);
            case NUMBERS -> throw new IllegalArgumentException("lists are looked at by AvroListsTest");
        };
    }

    private static Object number(Schema schema, Object datum) {
        if (datum instanceof Number number) {
            return number.doubleValue();
        }
        if (!(schema.getLogicalType() instanceof LogicalTypes.Decimal decimal)) {
            return REFUSED;
        }
        byte[] unscaled = datum instanceof GenericData.Fixed fixed ? fixed.bytes() : ((ByteBuffer) datum).array();
        return new BigDecimal(new BigInteger(unscaled), decimal.getScale()).doubleValue();
    }

    private static Object text(Schema schema, Object datum) {
        if (datum instanceof String text) {
            return text.isEmpty() ? null : text;
        }
        if (schema.getLogicalType() instanceof LogicalTypes.Uuid) {
            String hex = HexFormat.of().formatHex(((GenericData.Fixed) datum).bytes());
            return hex.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
        }
        boolean whole = datum instanceof Integer || datum instanceof Long || datum instanceof Boolean;
        return whole || datum instanceof GenericData.EnumSymbol ? datum.toString() : REFUSED;
    }

    private static Object flag(Object datum) {
        if (datum instanceof Boolean) {
            return datum;
        }
        boolean whole = datum instanceof Integer || datum instanceof Long;
        long value = whole ? ((Number) datum).longValue() : -1;
        return value == 0 || value == 1 ? (Object) (value == 1) : REFUSED;
    }

    private static Object time(Schema schema, Object datum) {
        if (datum instanceof String text && text.isEmpty()) {
            return null;
        }
        if (isDate(schema)) {
            return inYears0To9999((int) datum * 86_400_000L);
        }
        if (!(datum instanceof Long value) || isTimeOfDay(schema)) {
            return REFUSED;
        }
        String unit =
                schema.getLogicalType() == null ? "" : schema.getLogicalType().getName();
        return inYears0To9999(
                Math.floorDiv(value, unit.endsWith("nanos") ? 1_000_000L : unit.endsWith("micros") ? 1_000L : 1L));
    }

    private static Object inYears0To9999(long millis) {
        long first = LocalDate.of(0, 1, 1).toEpochDay() * 86_400_000L;
        long end = LocalDate.of(10_000, 1, 1).toEpochDay() * 86_400_000L;
        return millis >= first && millis < end ? (Object) millis : REFUSED;
    }
}
