package io.gradstream.model.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void everyValueIsRead() {
        assertThat(Json.read(" { \"a\" : [ 1 , -2.5e1 , true , false , null , \"x\" , { } , [ ] ] } \r\n\t"))
                .isEqualTo(Map.of("a", Arrays.asList(1L, -25.0, true, false, null, "x", Map.of(), List.of())));
        assertThat(Json.read("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
        assertThat(Json.read("-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
        assertThat(Json.read("1.0")).isEqualTo(1.0);
        assertThat(Json.read("1e0")).isEqualTo(1.0);
        assertThat(Json.read("-0.0")).isEqualTo(-0.0);
        assertThat(Json.read("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9é€\\ud83d\\ude00😀\""))
                .isEqualTo("\"\\/\b\f\n\r\té" + "é€😀😀");
        assertThat(Json.read("\"\"")).isEqualTo("");
    }

    @Test
    void keysKeepTheirOrder() {
        assertThat(((Map<?, ?>) Json.read("{\"b\":1,\"a\":2,\"c\":3}"))
                        .keySet().stream().map(String::valueOf))
                .containsExactly("b", "a", "c");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | at byte 0: wanted a value, got the end",
                "tru | at byte 0: wanted a value, got 't'",
                "nul | at byte 0: wanted a value, got 'n'",
                "NaN | at byte 0: wanted a value, got 'N'",
                "01 | at byte 1: wanted the end, got '1'",
                "+1 | at byte 0: wanted a value, got '+'",
                ".5 | at byte 0: wanted a value, got '.'",
                "1. | at byte 2: wanted a digit, got the end",
                "- | at byte 1: wanted a digit, got the end",
                "1e | at byte 2: wanted a digit, got the end",
                "9223372036854775808 | at byte 19: the whole number 9223372036854775808 does not fit in 64 bits",
                "1e400 | at byte 5: the number 1e400 is too large",
                "[1,] | at byte 3: wanted a value, got ']'",
                "[1 2] | at byte 3: wanted ']', got '2'",
                "[1 | at byte 2: wanted ']', got the end",
                "{'a':1,} | at byte 7: wanted a text, got '}'",
                "{'a' 1} | at byte 5: wanted ':', got '1'",
                "{a:1} | at byte 1: wanted a text, got 'a'",
                "{'a':1,'a':2} | at byte 10: the key \"a\" is there twice",
                "{'a':1,'\\u0061':2} | at byte 15: the key \"a\" is there twice",
                "1 2 | at byte 2: wanted the end, got '2'",
                "'abc | at byte 4: a text is not closed",
                "'\\x' | at byte 1: no such escape in a text",
                "'\\u12g4' | at byte 1: no such escape in a text",
                "'\\ud800' | at byte 1: no such escape in a text",
                "'\\udc00\\ud800' | at byte 1: no such escape in a text",
                "'\\ud800\\u0041' | at byte 1: no such escape in a text",
            })
    void anythingElseIsRefused(String text, String message) {
        assertThatThrownBy(() -> Json.read(text.replace('\'', '"')))
                .isInstanceOf(JsonException.class)
                .hasMessage(message);
    }

    @Test
    void controlCharactersAndHalvesOfPairsAreRefused() {
        assertThatThrownBy(() -> Json.read("\"a\nb\"")).hasMessageContaining("control character");
        assertThatThrownBy(() -> Json.read("\"\ud800\"")).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> Json.read("1\u0000")).hasMessage("at byte 1: wanted the end, got the byte 0");
        assertThatThrownBy(() -> Json.read("\ufeff1")).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> Json.write("\udc00")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c080",
                "c1bf",
                "e080af",
                "eda080",
                "edbfbf",
                "f0808080",
                "f4908080",
                "f8888080",
                "80",
                "c3",
                "e282",
                "f09f98",
                "ff",
                "c328"
            })
    void brokenUtf8IsRefused(String hex) {
        byte[] bytes = new byte[hex.length() / 2 + 2];
        bytes[0] = bytes[bytes.length - 1] = '"';
        for (int i = 1; i < bytes.length - 1; i++) {
            bytes[i] = (byte) Integer.parseInt(hex.substring(2 * i - 2, 2 * i), 16);
        }

        assertThatThrownBy(() -> new JsonCursor(bytes, 0, bytes.length).text())
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void depthAndLengthAreBounded() {
        assertThat(Json.read("[".repeat(64) + "1" + "]".repeat(64))).isInstanceOf(List.class);
        assertThatThrownBy(() -> Json.read("[".repeat(65) + "1" + "]".repeat(65)))
                .hasMessage("at byte 65: nested deeper than 64");
        assertThatThrownBy(() -> Json.read("[".repeat(3_000_000))).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> Json.read("{\"a\":".repeat(800_000))).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> Json.read(" ".repeat(Json.LONGEST) + "1")).hasMessageContaining("4194305");
        assertThatThrownBy(() -> Json.read("1".repeat(1001))).hasMessageContaining("more than 1000");
        Object deep = 1L;
        for (int i = 0; i < 65; i++) {
            deep = List.of(deep);
        }
        Object tooDeep = deep;
        assertThatThrownBy(() -> Json.write(tooDeep)).hasMessage("nested deeper than 64");
    }

    @Test
    void numbersAreWrittenApart() {
        assertThat(Json.write(Arrays.asList(1, 1L, 1.0, 1.0f, 0.1f, 1.0E23, null, true, "a\"\\\n\u0001é")))
                .isEqualTo("[1,1,1.0,1.0,0.1,1.0E23,null,true,\"a\\\"\\\\\\n\\u0001é\"]");
        assertThatThrownBy(() -> Json.write(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Json.write(new Object())).hasMessage("JSON has no java.lang.Object");
    }

    /** Whatever the bytes: a value that writes and reads back equal, or a JsonException. */
    @Test
    void mutatedTextIsReadOrRefused() {
        byte[] seed =
                "{\"ab\":[1,-2.5e-3,true,null,{\"c\":\"d\\u00e9\\n€\"}],\"e\":{\"f\":[[],{}]},\"g\":1234567890123}"
                        .getBytes(StandardCharsets.UTF_8);
        Random random = new Random(11);
        int readable = 0;
        for (int i = 0; i < 30_000; i++) {
            String text = new String(mutated(seed, random), StandardCharsets.UTF_8);
            try {
                Object value = Json.read(text);
                readable++;
                if (!Objects.equals(Json.read(Json.write(value)), value)) {
                    fail("%s reads back as another value", text);
                }
            } catch (JsonException refused) {
                if (!refused.getMessage().startsWith("at byte ")) {
                    throw refused;
                }
            }
        }
        assertThat(readable).as("some mutations leave it JSON").isBetween(1_000, 27_000);
    }

    private static byte[] mutated(byte[] seed, Random random) {
        String alphabet = "{}[]\",:\\u0e1-.tfn \u00e9";
        byte[] bytes = random.nextInt(8) == 0 ? Arrays.copyOf(seed, random.nextInt(seed.length)) : seed.clone();
        for (int n = random.nextInt(4); n >= 0 && bytes.length > 0; n--) {
            int at = random.nextInt(bytes.length);
            bytes[at] = (byte)
                    (random.nextBoolean() ? random.nextInt(256) : alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return bytes;
    }
}
