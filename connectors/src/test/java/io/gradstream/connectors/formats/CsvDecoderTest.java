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

class CsvDecoderTest {

    private static final CsvFormat ABC = new CsvFormat(List.of("a", "b", "c"));

    private static String refusal(String line, Field... used) throws FormatException {
        try {
            throw new AssertionError("was read as " + Decoded.of(ABC, line, used));
        } catch (UndecodableException e) {
            return e.getMessage();
        }
    }

    @Test
    void readsTheUsedCells() throws Exception {
        assertThat(Decoded.of(ABC, "2001-01-01T06:30,ORD,733", number("c"), text("b"), time("a"), text("c")))
                .containsExactly(733.0, "ORD", 978_330_600_000L, "733");
        assertThat(Decoded.of(new CsvFormat(List.of("a", "b"), '\t'), "x,y\t1", flag("b"), text("a")))
                .containsExactly(true, "x,y");
        assertThat(Decoded.of(new CsvFormat(List.of("a.b", "ü")), "1,2", number("ü"), number("a.b")))
                .containsExactly(2.0, 1.0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"x\",y,z | x",
                "\"x,y\",,z | x,y",
                "\"say \"\"hi\"\"\",, | say \"hi\"",
                "\"\"\"\",, | \"",
                "\"\"\"\"\"\",, | \"\"",
                "` x ,,` | ` x `",
                "Zoë,, | Zoë",
            })
    void readsQuotedCells(String line, String expected) throws Exception {
        assertThat(Decoded.of(ABC, line, text("a"))).containsExactly(expected);
    }

    @Test
    void aQuotedCellMayHaveLineBreaks() throws Exception {
        assertThat(Decoded.of(ABC, "\"x\r\ny\",\"\n\",3\r\n", text("a"), text("b"), number("c")))
                .containsExactly("x\r\ny", "\n", 3.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,,\"\"", "1,,\"\"\n", "1,,\r\n", "1,\"\","})
    void emptyCellsAreMissing(String line) throws Exception {
        assertThat(Decoded.of(ABC, line, number("b"), text("c"), number("a"))).containsExactly(null, null, 1.0);
    }

    @Test
    void oneColumnMayBeEmpty() throws Exception {
        CsvFormat one = new CsvFormat(List.of("a"));
        assertThat(Decoded.of(one, "", number("a"))).containsExactly((Object) null);
        assertThat(Decoded.of(one, "5\n", number("a"))).containsExactly(5.0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | the line has 1 cell; 3 were wanted",
                "1 | the line has 1 cell; 3 were wanted",
                "1,2 | the line has 2 cells; 3 were wanted",
                "1,2,3,4 | the line has 4 cells; 3 were wanted",
                "1,2,3, | the line has 4 cells; 3 were wanted",
                "\"1,2,3 | the quotes of cell 1 are not closed",
                "1,\"2\"\",3 | the quotes of cell 2 are not closed",
                "1,\" | the quotes of cell 2 are not closed",
                "1,\"2\"3,3 | cell 2 of the line goes on after its closing quote",
                "1,2\",3 | cell 2 of the line has a quote in it, without being quoted",
                "`1,2,3\n4` | cell 3 of the line has the end of a line in it, without being quoted",
                "`1,2\r,3` | cell 2 of the line has the end of a line in it, without being quoted",
                "`1,2,3\n\n` | cell 3 of the line has the end of a line in it, without being quoted",
                "n/a,2,3 | field 'a' is not a number: \"n/a\"",
                "1d,2,3 | field 'a' is not a number: \"1d\"",
                "\" 1\",2,3 | field 'a' is not a number: \" 1\"",
            })
    void refusesWhatIsNoSuchLine(String line, String message) throws Exception {
        assertThat(refusal(line, number("a"))).isEqualTo(message);
    }

    @Test
    void refusesTextThatIsNotUtf8() {
        byte[] latin1 = "Zoë,2,3".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> Decoded.of(ABC, latin1, text("a")))
                .isInstanceOf(UndecodableException.class)
                .hasMessageStartingWith("field 'a' is not UTF-8 text: \"Zo");
    }

    @Test
    void refusesColumnsThatAreNotThere() {
        assertThatThrownBy(() -> Formats.decoder(ABC, List.of(text("a"), text("A"), number("distance"))))
                .isInstanceOf(FormatException.class)
                .hasMessage("field 'A' is not among the CSV columns; did you mean 'a'? It has: a, b, c;"
                        + " field 'distance' is not among the CSV columns. It has: a, b, c");
    }

    @ParameterizedTest
    @ValueSource(chars = {'"', '\n', '\r', 'é', '\0'})
    void refusesDelimitersThatCannotBe(char delimiter) {
        assertThatThrownBy(() -> new CsvFormat(List.of("a"), delimiter))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("delimiter must be one ASCII character");
    }

    @Test
    void refusesNamesThatDoNotDiffer() {
        assertThatThrownBy(() -> new CsvFormat(List.of("a", "a"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CsvFormat(List.of("", ""))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CsvFormat(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    /** Names come from files of others. */
    @Test
    void namesThatAreNotFoundAreShownInOneShortLine() {
        List<String> columns = List.of("", "name\u001b[2J", "x".repeat(100_000));
        assertThatThrownBy(() -> Formats.decoder(new CsvFormat(columns), List.of(Decoded.text("name"))))
                .hasMessage("field 'name' is not among the CSV columns; did you mean 'name\\u001b[2J'?"
                        + " It has: name\\u001b[2J, " + "x".repeat(40) + "…");
        String controls = "\u0007".repeat(10);
        assertThatThrownBy(() -> new CsvFormat(List.of(controls, controls)))
                .hasMessageEndingWith("both '" + "\\u0007".repeat(6) + "…'");
        assertThatThrownBy(() -> new CsvFormat(List.of("a\u009b\n", "a\u009b\n")))
                .hasMessage("columns must have names that differ, but 1 and 2 are both 'a\\u009b\\u000a'");
    }
}
