package io.gradstream.connectors.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8Test {

    private static boolean isValidForTheJdk(byte[] bytes, int at, int length) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, at, length));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    @Test
    void agreesWithTheJdkOnRandomBytes() {
        Random random = new Random(1);
        int valid = 0;
        for (int i = 0; i < 300_000; i++) {
            byte[] bytes = bytes(random);
            int at = random.nextInt(Math.min(4, bytes.length + 1));
            boolean expected = isValidForTheJdk(bytes, at, bytes.length - at);
            valid += expected ? 1 : 0;
            assertThat(Utf8.isValid(bytes, at, bytes.length - at))
                    .as(Arrays.toString(bytes))
                    .isEqualTo(expected);
        }
        assertThat(valid).isBetween(30_000, 270_000);
    }

    /** Mostly text, cut anywhere, with a byte changed now and then to one that matters. */
    private static byte[] bytes(Random random) {
        int[] edges = {
            0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xED, 0xEF, 0xF0, 0xF4, 0xF5, 0xFF
        };
        int[] points = {'a', 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF};
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(14); n > 0; n--) {
            text.appendCodePoint(random.nextBoolean() ? 'a' : points[random.nextInt(points.length)]);
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        for (int n = random.nextInt(3); n > 0 && bytes.length > 0; n--) {
            bytes[random.nextInt(bytes.length)] = (byte) edges[random.nextInt(edges.length)];
        }
        return bytes;
    }

    @Test
    void encodesAsTheJdkDoes() {
        Random random = new Random(2);
        byte[] out = new byte[200];
        for (int i = 0; i < 50_000; i++) {
            char[] chars = new String(bytes(random), StandardCharsets.UTF_8).toCharArray();
            int n = Utf8.encode(chars, 0, chars.length, out);
            assertThat(new String(out, 0, n, StandardCharsets.UTF_8)).isEqualTo(new String(chars));
        }
    }

    @Test
    void halfAPairIsNotEncoded() {
        byte[] out = new byte[12];
        assertThat(Utf8.encode(new char[] {'a', 0xD83D}, 0, 2, out)).isEqualTo(-1);
        assertThat(Utf8.encode(new char[] {0xD83D, 'a'}, 0, 2, out)).isEqualTo(-1);
        assertThat(Utf8.encode(new char[] {0xDE00, 0xD83D}, 0, 2, out)).isEqualTo(-1);
        assertThat(Utf8.encode(new char[] {0xD83D, 0xDE00}, 0, 1, out)).isEqualTo(-1);
    }
}
