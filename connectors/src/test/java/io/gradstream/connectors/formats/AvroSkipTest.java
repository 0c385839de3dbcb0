package io.gradstream.connectors.formats;

import static io.gradstream.connectors.formats.Decoded.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.connectors.formats.AvroFormat.Framing;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not used is skipped, whatever it claims to be. */
@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AvroSkipTest {

    private static AvroFormat skipping(String type) {
        return new AvroFormat(
                "{\"type\": \"record\", \"name\": \"Event\", \"fields\": [{\"name\": \"skipped\", \"type\": " + type
                        + "}, {\"name\": \"x\", \"type\": \"int\"}]}",
                Framing.NONE);
    }

    private static void assertRead(String type, AvroBytesOut skipped) throws Exception {
        assertThat(Decoded.of(skipping(type), skipped.number(7).bytes(), number("x")))
                .containsExactly(7.0);
    }

    private static void assertRefused(String type, AvroBytesOut skipped, String message) {
        assertThatThrownBy(() -> Decoded.of(skipping(type), skipped.bytes(), number("x")))
                .isInstanceOf(UndecodableException.class)
                .hasMessageStartingWith("field 'skipped' " + message);
    }

    @Test
    void skipsArraysWithAndWithoutTheirSize() throws Exception {
        String strings = "{\"type\": \"array\", \"items\": \"string\"}";
        assertRead(
                strings,
                new AvroBytesOut()
                        .number(2)
                        .text("a")
                        .text("b")
                        .number(-1)
                        .number(2)
                        .text("c")
                        .number(0));
        String floats = "{\"type\": \"array\", \"items\": \"float\"}";
        assertRead(
                floats,
                new AvroBytesOut()
                        .number(2)
                        .float32(1)
                        .float32(2)
                        .number(-1)
                        .number(4)
                        .float32(3)
                        .number(0));
    }

    @Test
    void skipsMapsOfArraysOfUnions() throws Exception {
        assertRead(
                "{\"type\": \"map\", \"values\": {\"type\": \"array\", \"items\": [\"null\", \"double\", \"bytes\"]}}",
                new AvroBytesOut()
                        .number(1)
                        .text("key")
                        .number(3)
                        .number(0)
                        .number(1)
                        .raw(new byte[8])
                        .number(2)
                        .text("bytes")
                        .number(0)
                        .number(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"string\"", "\"double\"", "[\"null\", \"long\"]", "{\"type\": \"map\", \"values\": \"int\"}"})
    void refusesArraysOfMoreItemsThanBytes(String items) {
        String array = "{\"type\": \"array\", \"items\": " + items + "}";
        assertRefused(array, new AvroBytesOut().number(Long.MAX_VALUE).number(1), "has 9223372036854775807 items");
        assertRefused(array, new AvroBytesOut().number(-1).number(Long.MAX_VALUE), "needs 9223372036854775807 bytes");
        assertRefused(array, new AvroBytesOut().number(-1).number(-1), "has the length -1");
    }

    @Test
    void anyNumberOfItemsWithoutBytesIsSkippedAtOnce() throws Exception {
        assertRead(
                "{\"type\": \"array\", \"items\": \"null\"}",
                new AvroBytesOut()
                        .number(Long.MAX_VALUE)
                        .number(Long.MIN_VALUE)
                        .number(0)
                        .number(0));
    }

    @Test
    void skipsRecursiveRecordsToADepth() throws Exception {
        String list = "{\"type\": \"record\", \"name\": \"Node\", \"fields\": [{\"name\": \"v\", \"type\": \"int\"},"
                + " {\"name\": \"next\", \"type\": [\"null\", \"Node\"]}]}";
        assertRead(list, nodes(60));
        assertRefused(list, nodes(100_000), "is nested more than 64 deep");
    }

    private static AvroBytesOut nodes(int count) {
        AvroBytesOut out = new AvroBytesOut();
        for (int i = 1; i < count; i++) {
            out.number(i).number(1);
        }
        return out.number(count).number(0);
    }

    @Test
    void aRecordThatContainsItselfHasNoValue() {
        assertRefused(
                "{\"type\": \"record\", \"name\": \"Ouroboros\", \"fields\": [{\"name\": \"o\", \"type\": \"Ouroboros\"},"
                        + " {\"name\": \"p\", \"type\": \"Ouroboros\"}]}",
                new AvroBytesOut(),
                "is nested more than 64 deep");
    }

    @Test
    void recordsOfRecordsOfRecordsCostNothingTwice() throws Exception {
        assertRead(doubling("[]"), new AvroBytesOut());
        assertRefused(
                doubling("[{\"name\": \"v\", \"type\": \"double\"}]"),
                new AvroBytesOut(),
                "needs 2147483647 bytes where 0 are left");
        assertRefused(
                doubling("[{\"name\": \"v\", \"type\": \"string\"}]"),
                new AvroBytesOut().raw(new byte[100_000]),
                "needs 1 bytes where 0 are left");
    }

    /** R40 holds two R39, which hold two R38 each, down to the fields given. */
    private static String doubling(String fields) {
        StringBuilder schema = new StringBuilder();
        for (int i = 40; i > 0; i--) {
            schema.append("{\"type\": \"record\", \"name\": \"R")
                    .append(i)
                    .append("\", \"fields\": [{\"name\": \"a\", \"type\": ");
        }
        schema.append("{\"type\": \"record\", \"name\": \"R0\", \"fields\": ")
                .append(fields)
                .append('}');
        for (int i = 1; i <= 40; i++) {
            schema.append("}, {\"name\": \"b\", \"type\": \"R").append(i - 1).append("\"}]}");
        }
        return schema.toString();
    }

    @Test
    void aPathThroughTooManyBranchesIsRefusedBeforeTheStart() {
        StringBuilder path = new StringBuilder("skipped");
        path.append(".next".repeat(30)).append(".v");
        String node = "{\"type\": \"record\", \"name\": \"A\", \"fields\": [{\"name\": \"v\", \"type\": \"int\"},"
                + "{\"name\": \"next\", \"type\": [\"null\", \"A\", {\"type\": \"record\", \"name\": \"B\", \"fields\": ["
                + "{\"name\": \"v\", \"type\": \"int\"}, {\"name\": \"next\", \"type\": [\"null\", \"A\", \"B\"]}]}]}]}";
        assertThatThrownBy(() -> Formats.decoder(skipping(node), List.of(number(path.toString()))))
                .isInstanceOf(FormatException.class)
                .hasMessage("the Avro schema is too large to be compiled for the fields used");
    }
}
