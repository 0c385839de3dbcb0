package io.gradstream.connectors.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GzipMembersTest {

    private static final byte[] TEXT = "a text with some text in it".getBytes(StandardCharsets.UTF_8);
    private static final int HEADER = 10;

    private static byte[] gzip(byte[]... contents) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] content : contents) {
            GZIPOutputStream gzip = new GZIPOutputStream(out);
            gzip.write(content);
            gzip.finish();
        }
        return out.toByteArray();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] read(byte[] data, int buffer) throws IOException {
        try (GzipMembers members = new GzipMembers(new ByteArrayInputStream(data), buffer)) {
            return members.readAllBytes();
        }
    }

    @ParameterizedTest(name = "buffer={0}")
    @ValueSource(ints = {1, 2, 7, 512, 1 << 16})
    void readsAllMembers(int buffer) throws IOException {
        byte[] random = new byte[100_000];
        new Random(1).nextBytes(random);
        assertThat(read(gzip(TEXT), buffer)).isEqualTo(TEXT);
        assertThat(read(gzip(random, TEXT, new byte[0], TEXT), buffer)).isEqualTo(joined(random, TEXT, TEXT));
        assertThat(read(joined(gzip(TEXT), new byte[700]), buffer)).isEqualTo(TEXT);
    }

    @Test
    void stepsOverAllThatAHeaderMayHave() throws IOException {
        byte[] header = joined(
                new byte[] {0x1F, (byte) 0x8B, 8, 2 + 4 + 8 + 16, 1, 2, 3, 4, 0, 3},
                new byte[] {3, 0, 7, 0, 7},
                "a name\0a comment\0".getBytes(StandardCharsets.ISO_8859_1));
        CRC32 sum = new CRC32();
        sum.update(header);
        byte[] low = {(byte) sum.getValue(), (byte) (sum.getValue() >> 8)};
        byte[] plain = gzip(TEXT);
        byte[] body = Arrays.copyOfRange(plain, HEADER, plain.length);
        assertThat(read(joined(plain, header, low, body), 16)).isEqualTo(joined(TEXT, TEXT));
        low[1] ^= 1;
        assertThatThrownBy(() -> read(joined(plain, header, low, body), 16))
                .hasMessage("its gzip data is damaged at byte " + plain.length
                        + ": the header that begins there has another checksum");
    }

    @Test
    void endsNowhereButAtTheEndOfAMember() throws IOException {
        byte[] first = gzip(TEXT);
        byte[] both = gzip(TEXT, TEXT);
        for (int length = 0; length < both.length; length++) {
            byte[] cut = Arrays.copyOf(both, length);
            if (length != first.length) {
                assertThatThrownBy(() -> read(cut, 16)).as("%d bytes", length).isInstanceOf(EOFException.class);
            }
        }
    }

    @Test
    void noDamageGoesUnseen() throws IOException {
        byte[] whole = gzip(TEXT, TEXT);
        byte[] content = read(whole, 16);
        int unseen = 0;
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                assertThat(read(damaged, 16)).as("bit %d", bit).isEqualTo(content);
                unseen++;
            } catch (IOException e) {
                assertThat(e).hasMessageMatching("its gzip data is damaged at byte .*|it ends within .*");
            }
        }
        // Time and system in both headers, whether it is text, and the bits after the end of the compressed data.
        assertThat(unseen).isBetween(2 * 8 * 6, 2 * (8 * 6 + 1 + 7));
    }

    @Test
    void onlyZerosMayFollow() throws IOException {
        byte[] first = gzip(TEXT);
        for (byte[] junk : new byte[][] {{1, 2}, {0, 0, 9, 9}, {0x1F, 0x1F}, "PK".getBytes(StandardCharsets.UTF_8)}) {
            int place = first.length + (junk[0] == 0 ? 2 : 0);
            assertThatThrownBy(() -> read(joined(first, junk), 16))
                    .isInstanceOf(IOException.class)
                    .hasMessage("its gzip data is damaged at byte " + place + ": no gzip member begins there");
        }
    }
}
