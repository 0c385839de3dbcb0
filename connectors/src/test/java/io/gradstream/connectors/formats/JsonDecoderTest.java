package io.gradstream.connectors.formats;

import static io.gradstream.connectors.formats.Decoded.flag;
import static io.gradstream.connectors.formats.Decoded.number;
import static io.gradstream.connectors.formats.Decoded.text;
import static io.gradstream.connectors.formats.Decoded.time;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonDecoderTest {

    private static final JsonFormat JSON = new JsonFormat();

    private static String refusal(String record, Field... used) throws FormatException {
        return refusal(record.getBytes(StandardCharsets.UTF_8), used);
    }

    private static String refusal(byte[] record, Field... used) throws FormatException {
        try {
            throw new AssertionError("was read as " + Decoded.of(JSON, record, used));
        } catch (UndecodableException e) {
            assertThat(e.getMessage()).doesNotContain("\n");
            return e.getMessage();
        }
    }

    @Test
    void readsTheUsedFields() throws Exception {
        assertThat(Decoded.of(JSON, """
                        {"id": 9007199254740993, "x": -1.25e2, "skipped": [{"x": 1}, "]}"], "name": "Zoë \\uD83D\\uDE00\\n",
                         "late": true, "at": "2001-06-30T23:59:59.5Z"}""", text("id"), number("x"), text("name"), flag("late"), time("at"), number("id")))
                .containsExactly("9007199254740993", -125.0, "Zoë 😀\n", true, 993_945_599_500L, 9007199254740992.0);
    }

    @Test
    void entersObjectsAndOnlyThose() throws Exception {
        String record = "{\"a\": {\"b\": {\"c\": 1}, \"c\": 2}, \"c\": 3, \"a.b.c\": 4}";
        assertThat(Decoded.of(JSON, record, number("a.b.c"), number("a.c"), number("c")))
                .containsExactly(1.0, 2.0, 3.0);
        assertThat(Decoded.of(JSON, "{\"a\": null}", number("a.b.c"), number("a.c")))
                .containsExactly(null, null);
        assertThat(Decoded.of(JSON, "{}", number("a.b.c"))).containsExactly((Object) null);
        assertThat(refusal("{\"a\": 5}", number("a.b"))).isEqualTo("field 'a' is not a record: a number came");
        assertThat(refusal("{\"a\": [{\"b\": 1}]}", number("a.b")))
                .isEqualTo("field 'a' is not a record: an array came");
        assertThat(refusal("{\"a\": {\"b\": 1}}", number("a"))).isEqualTo("field 'a' is not a number: an object came");
        assertThat(refusal("{\"a\": {\"b\": []}}", text("a.b"))).isEqualTo("field 'a.b' is not text: an array came");
    }

    @Test
    void nullAbsentAndEmptyAreMissing() throws Exception {
        assertThat(Decoded.of(
                        JSON,
                        "{\"a\": null, \"b\": \"\", \"c\": \"\", \"d\": \" \"}",
                        number("a"),
                        number("b"),
                        text("c"),
                        text("d"),
                        flag("e")))
                .containsExactly(null, null, null, " ", null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"12.5\" | 12.5",
                "\"-1e3\" | -1000",
                "1e400 | Infinity",
                "\"NaN\" | NaN",
                "-0 | -0.0",
                "123456789012345678901234567890 | 123456789012345678901234567890",
                "0.1000000000000000055511151231257827 | 0.1",
            })
    void readsNumbersAlsoFromText(String value, double expected) throws Exception {
        assertThat(Decoded.of(JSON, "{\"x\": " + value + "}", number("x"))).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "NUMBER | \"n/a\" | is not a number: \"n/a\"",
                "NUMBER | \" 1\" | is not a number: \" 1\"",
                "NUMBER | true | is not a number: true",
                "BOOLEAN | \"yes\" | is not true or false: \"yes\"",
                "BOOLEAN | 2 | is not true or false: \"2\"",
                "BOOLEAN | 1.0 | is not true or false: 1.0",
                "TIME | 1.5 | is not a time: 1.5",
                "TIME | false | is not a time: false",
                "TIME | \"2001-02-29\" | is not a time: \"2001-02-29\"",
                "TEXT | \"\\uD800\" | has half of a surrogate pair in its text",
                "TEXT | {} | is not text: an object came",
            })
    void saysWhatWasWantedAndWhatCame(FieldType type, String value, String message) throws Exception {
        assertThat(refusal("{\"x\": " + value + "}", new Field("x", type))).isEqualTo("field 'x' " + message);
    }

    @ParameterizedTest
    @CsvSource({"true,true", "1,true", "\"False\",false", "\"0\",false", "0,false"})
    void readsFlags(String value, boolean expected) throws Exception {
        assertThat(Decoded.of(JSON, "{\"x\": " + value + "}", flag("x"), text("x"))
                        .get(0))
                .isEqualTo(expected);
    }

    @Test
    void anythingScalarIsText() throws Exception {
        assertThat(Decoded.of(
                        JSON,
                        "{\"a\": 1.50, \"b\": true, \"c\": 007e0}".replace("007e0", "7e0"),
                        text("a"),
                        text("b"),
                        text("c")))
                .containsExactly("1.50", "true", "7e0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"x\": 1",
                "{\"x\": 1,}",
                "{\"x\" 1}",
                "{x: 1}",
                "{'x': 1}",
                "{\"x\": NaN}",
                "{\"x\": 01}",
                "{\"x\": +1}",
                "{\"x\": .5}",
                "{\"x\": \"a\tb\"}",
                "{\"x\": 1} // no",
                "{\"x\": tru}",
                "{\"y\": [1, 2}",
                "{\"y\": \"\\x\"}",
                "{\"x\": 1}}",
                "{\"x\": 1} {}",
                "{\"x\": 1} x",
                "[]",
                "1",
                "null",
                "\"x\""
            })
    void refusesWhatIsNotOneWholeObject(String record) throws Exception {
        assertThat(refusal(record, number("x"))).startsWith("the record is ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"x\": 1, \"x\": 1}",
                "{\"x\": 1, \"\\u0078\": 1}",
                "{\"y\": 1, \"x\": 2, \"y\": 1}",
                "{\"a\": {\"x\": 1}, \"a\": {}}",
                "{\"z\": [{\"y\": 1, \"y\": 2}]}"
            })
    void refusesKeysThatAreThereTwice(String record) throws Exception {
        assertThat(refusal(record, number("x"), number("a.x"))).contains("Duplicate");
    }

    @Test
    void takesSpaceAroundTheObjectButNoByteOrderMark() throws Exception {
        assertThat(Decoded.of(JSON, "\r\n\t {\"x\": 1} \n", number("x"))).containsExactly(1.0);
        assertThat(refusal("\uFEFF{\"x\": 1}", number("x"))).startsWith("the record is not valid JSON");
    }

    @Test
    void refusesWhatIsNotUtf8() throws Exception {
        byte[] latin1 = "{\"x\": 1, \"y\": \"Zoë\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(refusal(latin1, number("x"))).isEqualTo("the record is not UTF-8");
        byte[] utf16 = "{\"x\": 1}".getBytes(StandardCharsets.UTF_16BE);
        assertThat(refusal(utf16, number("x"))).startsWith("the record is not valid JSON");
    }

    @Test
    void refusesWhatIsTooDeepOrTooLong() throws Exception {
        String deep = "{\"y\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        assertThat(refusal(deep, number("x"))).contains("nesting depth (65) exceeds the maximum allowed (64");
        assertThat(refusal("{\"" + "k".repeat(5_000) + "\": 1}", number("x"))).contains("Name length");
        assertThat(refusal("{\"x\": " + "9".repeat(5_000) + "}", number("x"))).contains("Number value length");
        assertThat(refusal("{\"x\": \"" + "9".repeat(5_000) + "\"}", number("x")))
                .isEqualTo("field 'x' is not a number: \"" + "9".repeat(40) + "\"…");
        assertThat(refusal("{\"x\": \"" + "9".repeat(FieldValues.MAX_TEXT + 1) + "\"}", text("x")))
                .contains("String value length");
    }

    @Test
    void readsAnotherRecordAfterABadOne() throws Exception {
        List<Field> used = List.of(number("a.x"));
        RecordDecoder decoder = Formats.decoder(JSON, used);
        byte[] good = "{\"a\": {\"x\": 1}}".getBytes(StandardCharsets.UTF_8);
        byte[] bad = "{\"a\": {\"x\": 1".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 3; i++) {
            assertThat(Decoded.of(decoder, good, used)).containsExactly(1.0);
            assertThatThrownBy(() -> Decoded.of(decoder, bad, used)).isInstanceOf(UndecodableException.class);
        }
    }

    /** A reader of dead letters has no parser to set up. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"x\": NaN} | line 1, column 10: Non-standard token 'NaN'",
                "{\"x\": +1} | line 1, column 8: Unexpected character ('+' (code 43)) in numeric value: JSON spec does not allow numbers to have plus signs",
                "{\"x\": 1} // no | line 1, column 10: Unexpected character ('/' (code 47)): maybe a (non-standard) comment?",
                "{\"y\": [1, 2} | line 1, column 12: Unexpected close marker '}': expected ']' (for Array starting at line: 1, column: 7)",
            })
    void saysWhatIsWrongAndNotHowAParserIsSetUp(String record, String problem) throws Exception {
        assertThat(refusal(record, number("x"))).isEqualTo("the record is not valid JSON: " + problem);
    }

    @Test
    void saysWhichLimitIsPassed() throws Exception {
        assertThat(refusal("{\"y\": " + "[".repeat(65) + "]".repeat(65) + "}", number("x")))
                .endsWith("nesting depth (65) exceeds the maximum allowed (64)");
        assertThat(refusal("{\"x\": " + "9".repeat(1025) + "}", number("x")))
                .endsWith("Number value length (1025) exceeds the maximum allowed (1024)");
    }
}
