package io.gradstream.connectors.formats;

import static io.gradstream.connectors.formats.Decoded.flag;
import static io.gradstream.connectors.formats.Decoded.number;
import static io.gradstream.connectors.formats.Decoded.text;
import static io.gradstream.connectors.formats.Decoded.time;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.connectors.formats.AvroFormat.Framing;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AvroDecoderTest {

    private static final String FLIGHT = fields("""
            {"name": "flight", "type": "long"},
            {"name": "dep_time", "type": {"type": "long", "logicalType": "timestamp-millis"}},
            {"name": "origin", "type": "string"},
            {"name": "distance_mi", "type": ["null", "float"]}""");
    private static final byte[] FLIGHT_42 = flight(42).bytes();

    private static AvroBytesOut flight(long id) {
        return new AvroBytesOut()
                .number(id)
                .number(993_945_600_000L)
                .text("ORD")
                .number(1)
                .float32(733.5f);
    }

    private static String fields(String fields) {
        return "{\"type\": \"record\", \"name\": \"Flight\", \"fields\": [" + fields + "]}";
    }

    private static String field(String name, String type) {
        return fields("{\"name\": \"" + name + "\", \"type\": " + type + "}");
    }

    private static AvroFormat avro(String schema) {
        return new AvroFormat(schema, Framing.NONE);
    }

    private static String refusal(String schema, AvroBytesOut record, Field... used) throws FormatException {
        return refusal(avro(schema), record.bytes(), used);
    }

    private static String refusal(AvroFormat format, byte[] record, Field... used) throws FormatException {
        try {
            throw new AssertionError("was read as " + Decoded.of(format, record, used));
        } catch (UndecodableException e) {
            assertThat(e.getStackTrace()).isEmpty();
            return e.getMessage();
        }
    }

    private static List<String> problems(String schema, Field... used) {
        try {
            Formats.decoder(avro(schema), List.of(used));
        } catch (FormatException e) {
            return e.problems();
        }
        throw new AssertionError("was accepted");
    }

    @Test
    void readsFieldsInTheOrderAskedFor() throws Exception {
        assertThat(Decoded.of(
                        avro(FLIGHT),
                        FLIGHT_42,
                        number("distance_mi"),
                        text("flight"),
                        text("origin"),
                        time("dep_time")))
                .containsExactly(733.5, "42", "ORD", 993_945_600_000L);
    }

    @Test
    void readsOneFieldAsSeveralTypes() throws Exception {
        assertThat(Decoded.of(
                        avro(FLIGHT),
                        FLIGHT_42,
                        time("dep_time"),
                        text("flight"),
                        number("dep_time"),
                        number("flight")))
                .containsExactly(993_945_600_000L, "42", 993_945_600_000.0, 42.0);
        assertThat(Decoded.of(avro(FLIGHT), FLIGHT_42, number("distance_mi"), number("distance_mi")))
                .containsExactly(733.5, 733.5);
    }

    @Test
    void readsNothingWhenNothingIsUsedButChecksTheRecord() throws Exception {
        assertThat(Decoded.of(avro(FLIGHT), FLIGHT_42)).isEmpty();
        assertThat(refusal(FLIGHT, flight(42).raw(0))).isEqualTo("the record is followed by 1 bytes");
    }

    @Test
    void nullAndEmptyAreMissing() throws Exception {
        byte[] record =
                new AvroBytesOut().number(1).number(2).text("").number(0).bytes();
        assertThat(Decoded.of(avro(FLIGHT), record, text("origin"), number("distance_mi"), text("flight")))
                .containsExactly(null, null, "1");
    }

    @Test
    void aFieldThatIsMissingDoesNotKeepTheLastRecordsValue() throws Exception {
        List<Field> used = List.of(number("distance_mi"), text("origin"));
        RecordDecoder decoder = Formats.decoder(avro(FLIGHT), used);
        FieldValues values = new FieldValues(2);
        decoder.decode(FLIGHT_42, 0, FLIGHT_42.length, values);
        byte[] empty = new AvroBytesOut().number(1).number(2).text("").number(0).bytes();
        decoder.decode(empty, 0, empty.length, values);
        assertThat(Decoded.objects(values, used)).containsExactly(null, null);
    }

    @Test
    void nanAndInfinityAreReadAsTheyAre() throws Exception {
        String schema = field("x", "\"float\"");
        assertThat(Decoded.of(
                        avro(schema), new AvroBytesOut().float32(Float.NaN).bytes(), number("x")))
                .containsExactly(Double.NaN);
        assertThat(Decoded.of(
                        avro(schema),
                        new AvroBytesOut().float32(Float.NEGATIVE_INFINITY).bytes(),
                        number("x")))
                .containsExactly(Double.NEGATIVE_INFINITY);
    }

    @Test
    void entersNestedRecords() throws Exception {
        String schema = fields("""
                {"name": "id", "type": "int"},
                {"name": "from", "type": ["null", {"type": "record", "name": "Place", "fields": [
                    {"name": "code", "type": "string"},
                    {"name": "at", "type": {"type": "record", "name": "Position", "fields": [
                        {"name": "lat", "type": "double"}, {"name": "lon", "type": "float"}]}}]}]},
                {"name": "to", "type": "Place"}""");
        byte[] record = new AvroBytesOut()
                .number(7)
                .number(1)
                .text("ORD")
                .raw(0, 0, 0, 0, 0, 0, 0, 64)
                .float32(-87)
                .text("LAX")
                .raw(new byte[8])
                .float32(-118)
                .bytes();
        assertThat(Decoded.of(avro(schema), record, number("to.at.lon"), number("from.at.lat"), text("to.code")))
                .containsExactly(-118.0, 2.0, "LAX");
        byte[] fromNowhere = new AvroBytesOut()
                .number(7)
                .number(0)
                .text("LAX")
                .raw(new byte[8])
                .float32(-118)
                .bytes();
        assertThat(Decoded.of(avro(schema), fromNowhere, number("from.at.lat"), text("from.code"), number("id")))
                .containsExactly(null, null, 7.0);
        assertThat(problems(schema, number("from.at.lot"), text("to"), text("id.x")))
                .containsExactly(
                        "field 'from.at.lot' is not in record 'Position' of the Avro schema; did you mean 'lat'?"
                                + " It has: lat, lon",
                        "field 'to' is a record in the Avro schema; text was wanted",
                        "field 'id.x' leads through an int in the Avro schema; only records have fields");
    }

    @Test
    void takesTheBranchesOfAUnionThatAreOfTheWantedType() throws Exception {
        String schema = field("x", "[\"string\", \"null\", \"int\", \"double\"]");
        assertThat(Decoded.of(
                        avro(schema), new AvroBytesOut().number(2).number(-5).bytes(), number("x")))
                .containsExactly(-5.0);
        assertThat(Decoded.of(avro(schema), new AvroBytesOut().number(1).bytes(), number("x")))
                .containsExactly((Object) null);
        assertThat(refusal(schema, new AvroBytesOut().number(0).text("5"), number("x")))
                .isEqualTo("field 'x' is not a number: a string came");
        assertThat(refusal(schema, new AvroBytesOut().number(4), number("x")))
                .isEqualTo("field 'x' has branch 4 of a union of 4");
        assertThat(refusal(
                        FLIGHT, new AvroBytesOut().number(1).number(2).text("").number(-1), number("distance_mi")))
                .isEqualTo("field 'distance_mi' has branch -1 of a union of 2");
    }

    @Test
    void aRecordMayBeOneOfAUnion() throws Exception {
        String schema = "[" + FLIGHT + ", \"null\"]";
        assertThat(Decoded.of(
                        avro(schema),
                        new AvroBytesOut().number(0).raw(FLIGHT_42).bytes(),
                        text("origin")))
                .containsExactly("ORD");
        assertThat(problems("\"string\"", text("x")))
                .containsExactly("the Avro schema is a string; a record was wanted");
    }

    @ParameterizedTest
    @CsvSource({
        "timestamp-millis, -1, -1",
        "timestamp-micros, -1, -1",
        "timestamp-micros, 1999, 1",
        "timestamp-nanos, 1999999, 1",
        "local-timestamp-millis, 5, 5",
        "local-timestamp-micros, 5000, 5",
        "local-timestamp-nanos, 5000000, 5",
    })
    void readsTimesInEveryUnit(String logicalType, long written, long expected) throws Exception {
        String schema = field("t", "{\"type\": \"long\", \"logicalType\": \"" + logicalType + "\"}");
        assertThat(Decoded.of(avro(schema), new AvroBytesOut().number(written).bytes(), time("t")))
                .containsExactly(expected);
    }

    @Test
    void readsDatesPlainLongsAndTextAsTimes() throws Exception {
        String date = field("t", "{\"type\": \"int\", \"logicalType\": \"date\"}");
        assertThat(Decoded.of(avro(date), new AvroBytesOut().number(-1).bytes(), time("t")))
                .containsExactly(-86_400_000L);
        assertThat(Decoded.of(
                        avro(field("t", "\"long\"")),
                        new AvroBytesOut().number(7).bytes(),
                        time("t")))
                .containsExactly(7L);
        String text = field("t", "\"string\"");
        assertThat(Decoded.of(
                        avro(text), new AvroBytesOut().text("2001-06-30T23:59Z").bytes(), time("t")))
                .containsExactly(993_945_540_000L);
        assertThat(refusal(text, new AvroBytesOut().text("yesterday"), time("t")))
                .isEqualTo("field 't' is not a time: \"yesterday\"");
        assertThat(refusal(field("t", "\"long\""), new AvroBytesOut().number(Long.MAX_VALUE), time("t")))
                .isEqualTo(
                        "field 't' is not a time: 9223372036854775807 ms since 1970 is outside the years 0000 to 9999");
    }

    @Test
    void readsDecimals() throws Exception {
        String bytes =
                field("x", "{\"type\": \"bytes\", \"logicalType\": \"decimal\", \"precision\": 60, \"scale\": 2}");
        assertThat(Decoded.of(
                        avro(bytes),
                        new AvroBytesOut().number(2).raw(0xFF, 0x85).bytes(),
                        number("x")))
                .containsExactly(-1.23);
        assertThat(Decoded.of(
                        avro(bytes),
                        new AvroBytesOut().number(9).raw(1).raw(new byte[8]).bytes(),
                        number("x")))
                .containsExactly(new BigDecimal("184467440737095516.16").doubleValue());
        assertThat(refusal(bytes, new AvroBytesOut().number(0), number("x")))
                .isEqualTo("field 'x' is a decimal of 0 bytes; 1 to 256 are read");
        assertThat(refusal(bytes, new AvroBytesOut().number(100_000).raw(new byte[100_000]), number("x")))
                .isEqualTo("field 'x' is a decimal of 100000 bytes; 1 to 256 are read");
    }

    @Test
    void readsFlags() throws Exception {
        String whole = field("late", "\"int\"");
        assertThat(Decoded.of(avro(whole), new AvroBytesOut().number(1).bytes(), flag("late")))
                .containsExactly(true);
        assertThat(refusal(whole, new AvroBytesOut().number(2), flag("late")))
                .isEqualTo("field 'late' is not true or false: 2");
        assertThat(refusal(field("late", "\"boolean\""), new AvroBytesOut().raw(2), flag("late")))
                .isEqualTo("field 'late' is not a boolean: byte 2");
    }

    @Test
    void writesTheLongestNumbersAsText() throws Exception {
        for (long id : new long[] {0, -1, 10, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertThat(Decoded.of(avro(FLIGHT), flight(id).bytes(), text("flight")))
                    .containsExactly(Long.toString(id));
        }
    }

    @Test
    void saysWhatTheSchemaLacks() {
        assertThat(problems(FLIGHT, number("distance"), text("origin"), number("origin"), time("xyz")))
                .containsExactly(
                        "field 'distance' is not in record 'Flight' of the Avro schema; did you mean 'distance_mi'?"
                                + " It has: flight, dep_time, origin, distance_mi",
                        "field 'origin' is a string in the Avro schema; a number was wanted",
                        "field 'xyz' is not in record 'Flight' of the Avro schema."
                                + " It has: flight, dep_time, origin, distance_mi");
        assertThat(problems(field("tags", "{\"type\": \"array\", \"items\": \"string\"}"), text("tags")))
                .containsExactly("field 'tags' is an array in the Avro schema; text was wanted");
        assertThat(problems(field("x", "[\"null\"]"), number("x")))
                .containsExactly("field 'x' is always null in the Avro schema");
        assertThat(problems(FLIGHT, text("origin"), text("origin.city")))
                .containsExactly("field 'origin' is used as text, and as a record by 'origin.city'");
    }

    @Test
    void saysWhichFieldARecordEndsIn() throws Exception {
        String schema = fields("{\"name\": \"a\", \"type\": \"float\"}, {\"name\": \"b\", \"type\": \"float\"},"
                + "{\"name\": \"c\", \"type\": \"string\"}");
        assertThat(refusal(schema, new AvroBytesOut().float32(1).raw(0, 0), number("a"), number("b")))
                .isEqualTo("field 'b' needs 4 bytes where 2 are left");
        assertThat(refusal(schema, new AvroBytesOut().raw(0, 0), text("c")))
                .isEqualTo("field 'a' to 'b' needs 8 bytes where 2 are left");
        assertThat(refusal(schema, new AvroBytesOut().raw(new byte[8]).number(3).raw('a', 'b'), number("a")))
                .isEqualTo("field 'c' needs 3 bytes where 2 are left");
    }

    @Test
    void skipsTheHeaderOfConfluent() throws Exception {
        AvroFormat any = new AvroFormat(FLIGHT, Framing.CONFLUENT);
        byte[] framed = new AvroBytesOut().raw(0, 0, 0, 1, 2).raw(FLIGHT_42).bytes();
        assertThat(Decoded.of(any, framed, text("flight"))).containsExactly("42");
        assertThat(Decoded.of(new AvroFormat(FLIGHT, Framing.CONFLUENT, 258), framed, text("flight")))
                .containsExactly("42");
        assertThat(refusal(new AvroFormat(FLIGHT, Framing.CONFLUENT, 17), framed, text("flight")))
                .isEqualTo("the record has the schema id 258; 17 was wanted");
        assertThat(refusal(any, FLIGHT_42, text("flight")))
                .isEqualTo("the record does not begin with Confluent's zero byte, but with 84");
        assertThat(refusal(any, new byte[4], text("flight")))
                .isEqualTo("the record has 4 bytes; Confluent's header alone has 5");
    }

    @Test
    void framingAndSchemaIdFitTogether() {
        assertThatThrownBy(() -> new AvroFormat(FLIGHT, Framing.NONE, 7)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AvroFormat(FLIGHT, Framing.CONFLUENT, -2))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {100, 1L << 40, Long.MAX_VALUE, -1, Long.MIN_VALUE})
    void refusesLengthsThatTheRecordDoesNotHave(long length) throws Exception {
        String schema = field("origin", "\"string\"");
        AvroBytesOut record = new AvroBytesOut().number(length).raw('O', 'R', 'D');
        assertThat(refusal(schema, record, text("origin"))).contains("field 'origin' ", Long.toString(length));
        assertThat(refusal(schema, record)).contains("field 'origin' ", Long.toString(length));
    }

    @Test
    void refusesNumbersThatAreTooLong() throws Exception {
        AvroBytesOut endless = new AvroBytesOut().raw(0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x02);
        assertThat(refusal(field("x", "\"long\""), endless, number("x")))
                .isEqualTo("field 'x' is not a whole number of at most 64 bits");
        assertThat(refusal(field("x", "\"int\""), new AvroBytesOut().number(1L << 31), number("x")))
                .isEqualTo("field 'x' is not an int: 2147483648");
    }

    @Test
    void refusesTextThatIsNotUtf8() throws Exception {
        assertThat(refusal(
                        field("x", "\"string\""), new AvroBytesOut().number(2).raw(0xC0, 0x80), text("x")))
                .startsWith("field 'x' is not UTF-8 text: ");
        assertThat(refusal(
                        field("x", "{\"type\": \"enum\", \"name\": \"E\", \"symbols\": [\"A\"]}"),
                        new AvroBytesOut().number(1),
                        text("x")))
                .isEqualTo("field 'x' is symbol 1 of an enum of 1");
    }
}
