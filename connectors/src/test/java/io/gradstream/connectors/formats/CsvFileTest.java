package io.gradstream.connectors.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFileTest {

    @TempDir
    private Path folder;

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static CsvFile open(String content) throws IOException {
        return open(utf8(content));
    }

    private static CsvFile open(byte[] content) throws IOException {
        return CsvFile.open(new ByteArrayInputStream(content), "a.csv", ',');
    }

    private static List<String> records(CsvFile file) throws IOException {
        List<String> records = new ArrayList<>();
        try (file) {
            while (file.next()) {
                assertThat(file.copy())
                        .isEqualTo(Arrays.copyOfRange(file.bytes(), file.start(), file.start() + file.length()));
                records.add(file.line() + ":" + new String(file.copy(), StandardCharsets.UTF_8));
            }
        }
        return records;
    }

    @Test
    void readsAFilePlainAndGzip() throws IOException {
        byte[] content = utf8("a,b\n1,2\n3,4\n");
        for (byte[] bytes : List.of(content, gzip(content))) {
            Path path = Files.write(folder.resolve("data.csv.gz"), bytes);
            CsvFile file = CsvFile.open(path, ',');
            assertThat(file.columns()).containsExactly("a", "b");
            assertThat(records(file)).containsExactly("2:1,2", "3:3,4");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a,b\n1,2\n3,4",
                "a,b\r\n1,2\r\n3,4\r\n",
                "\uFEFFa,b\n1,2\n3,4\n",
                "a , b\n1,2\n3,4\r",
                "\"a\",\"b\"\n1,2\n3,4\n\n"
            })
    void toleratesHowFilesEndAndBegin(String content) throws IOException {
        CsvFile file = open(content);
        assertThat(file.columns()).containsExactly("a", "b");
        assertThat(records(file)).containsExactly("2:1,2", "3:3,4");
    }

    @Test
    void aQuotedCellMayHaveLineBreaksDelimitersAndQuotes() throws IOException {
        assertThat(records(open("a,b\n\"1\n\"\"\n\",\",\"\"\"\r\n\"\",x\n")))
                .containsExactly("2:\"1\n\"\"\n\",\",\"\"\"", "5:\"\",x");
    }

    @Test
    void aStrayQuoteSpoilsOnlyItsOwnLine() throws IOException {
        assertThat(records(open("a,b\n1\",2\n\"1\"x\"y,2\n3,4\n")))
                .containsExactly("2:1\",2", "3:\"1\"x\"y,2", "4:3,4");
    }

    @Test
    void emptyLinesAreValuesOnlyWhereThereIsOneColumn() throws IOException {
        assertThat(records(open("a,b\n\n1,2\n\r\n\n3,4\n\n"))).containsExactly("3:1,2", "6:3,4");
        assertThat(records(open("a\n1\n\n2\n"))).containsExactly("2:1", "3:", "4:2");
    }

    @Test
    void aFileMayHaveAHeaderOnly() throws IOException {
        assertThat(records(open("a,b"))).isEmpty();
        assertThat(records(open("a,b\n"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | a.csv is empty; its first line must name the columns",
                "`\n1` | a.csv, line 1, must name the columns: columns must name at least one column",
                "a,a | a.csv, line 1, must name the columns: columns must have names that differ, but 1 and 2 are both 'a'",
                "`a,,b,,b` | a.csv, line 1, must name the columns: columns must have names that differ, but 3 and 5 are both 'b'",
                "`,\n1,2` | a.csv, line 1, must name the columns: columns must name at least one column",
                "`a\"b,c\n` | a.csv, line 1, must name the columns: cell 1 of the line has a quote in it, without being quoted",
                "\"a,b | a.csv ends within the quotes that were opened in line 1",
            })
    void refusesHeadersThatNameNothing(String content, String message) {
        assertThatThrownBy(() -> open(content))
                .isInstanceOf(CsvFileException.class)
                .hasMessage(message);
    }

    /** As pandas writes its index. */
    @Test
    void columnsThatNobodyUsesNeedNoName() throws Exception {
        CsvFile file = open(",a,\n0,1,x\n1,2,y\n");
        assertThat(file.columns()).containsExactly("", "a", "");
        RecordDecoder decoder = Formats.decoder(new CsvFormat(file.columns()), List.of(Decoded.text("a")));
        FieldValues values = new FieldValues(1);
        for (String a : List.of("1", "2")) {
            assertThat(file.next()).isTrue();
            decoder.decode(file.bytes(), file.start(), file.length(), values);
            assertThat(values.text(0)).isEqualTo(a);
        }
    }

    @Test
    void refusesUtf16() {
        assertThatThrownBy(() -> open("a,b\n".getBytes(StandardCharsets.UTF_16)))
                .isInstanceOf(CsvFileException.class)
                .hasMessage("a.csv is UTF-16; UTF-8 was wanted");
    }

    @Test
    void refusesQuotesThatAreNeverClosed() throws IOException {
        CsvFile file = open("a,b\n1,2\n3,\"\n4\",\"5\n6,7\n8,9\n");
        assertThat(file.next()).isTrue();
        assertThatThrownBy(file::next)
                .isInstanceOf(CsvFileException.class)
                .hasMessage("a.csv ends within the quotes that were opened in line 4");
    }

    @Test
    void refusesRecordsThatAreTooLongWithoutReadingThemWhole() throws IOException {
        for (int length : new int[] {CsvFile.MAX_RECORD, CsvFile.MAX_RECORD + 1}) {
            CsvFile file = open("a\n" + "x".repeat(length) + "\nend\n");
            if (length <= CsvFile.MAX_RECORD) {
                assertThat(file.next()).isTrue();
                assertThat(file.length()).isEqualTo(length);
                assertThat(file.next()).isTrue();
            } else {
                assertThatThrownBy(file::next)
                        .isInstanceOf(CsvFileException.class)
                        .hasMessage("a.csv: the record that begins in line 2 is longer than 1048576 bytes;"
                                + " are there quotes that are not closed?");
            }
        }
        CsvFile endless = CsvFile.open(new Repeated("a,b\n\"", "x,y\n", Long.MAX_VALUE), "a.csv", ',');
        assertThatThrownBy(endless::next).isInstanceOf(CsvFileException.class).hasMessageContaining("is longer than");
    }

    @Test
    void saysWhereADamagedGzipEnds() throws IOException {
        StringBuilder content = new StringBuilder("a,b\n");
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            content.append(random.nextInt()).append(',').append(i).append('\n');
        }
        byte[] whole = gzip(utf8(content.toString()));
        CsvFile file = open(Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> records(file))
                .isInstanceOf(CsvFileException.class)
                .hasMessageMatching("a.csv cannot be read on after line \\d+: it ends within its gzip data");
        whole[whole.length - 5] ^= 0x55;
        assertThatThrownBy(() -> records(open(whole)))
                .isInstanceOf(CsvFileException.class)
                .hasMessageMatching("a.csv cannot be read on after line \\d+: its gzip data is damaged at byte "
                        + (whole.length - 8) + ": .*");
        whole[40] ^= 0x55;
        assertThatThrownBy(() -> records(open(whole))).isInstanceOf(CsvFileException.class);
        assertThatThrownBy(() -> open(new byte[] {0x1F, (byte) 0x8B, 8}))
                .isInstanceOf(CsvFileException.class)
                .hasMessageStartingWith("a.csv cannot be read: ");
    }

    @Test
    void refusesWhatIsNoGzipMemberBehindAnother() throws IOException {
        byte[] first = gzip(utf8("a,b\n1,2\n"));
        byte[] second = gzip(utf8("3,4\n"));
        assertThat(records(open(joined(first, second)))).containsExactly("2:1,2", "3:3,4");
        second[0] ^= 1;
        assertThatThrownBy(() -> records(open(joined(first, second))))
                .isInstanceOf(CsvFileException.class)
                .hasMessage("a.csv cannot be read on after line 3: its gzip data is damaged at byte " + first.length
                        + ": no gzip member begins there");
        second[0] ^= 1;
        assertThatThrownBy(() -> records(open(joined(first, Arrays.copyOf(second, 6)))))
                .isInstanceOf(CsvFileException.class)
                .hasMessage("a.csv cannot be read on after line 3:"
                        + " it ends within the header or the checksum of its gzip data");
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    @Test
    void holdsOneRecordHoweverLongTheFile() throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        CsvFile file = CsvFile.open(new Repeated("a,b\n", "12345,\"6789\"\n", 20_000_000), "a.csv", ',');
        long before = threads.getCurrentThreadAllocatedBytes();
        long records = 0;
        while (file.next()) {
            records++;
        }
        assertThat(records).isEqualTo(20_000_000 / 13);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1_000_000);
    }

    @ParameterizedTest(name = "seed={0}")
    @ValueSource(longs = {1, 2, 3})
    void readsBackWhatWasWritten(long seed) throws Exception {
        Random random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            List<List<String>> table = table(random);
            byte[] written = utf8(write(table, random));
            byte[] bytes = random.nextBoolean() ? gzip(written) : written;
            InputStream trickling = new Trickle(bytes, random);
            CsvFile file = CsvFile.open(trickling, "a.csv", ';');
            List<String> names = table.get(0);
            assertThat(file.columns()).isEqualTo(names);
            RecordDecoder decoder = Formats.decoder(
                    new CsvFormat(names, ';'), names.stream().map(Decoded::text).toList());
            FieldValues values = new FieldValues(names.size());
            for (List<String> row : table.subList(1, table.size())) {
                assertThat(file.next()).isTrue();
                decoder.decode(file.bytes(), file.start(), file.length(), values);
                for (int column = 0; column < row.size(); column++) {
                    String cell = values.present(column) ? values.text(column) : "";
                    assertThat(cell).isEqualTo(row.get(column));
                }
            }
            assertThat(file.next()).isFalse();
        }
    }

    private static List<List<String>> table(Random random) {
        int columns = 2 + random.nextInt(4);
        List<List<String>> table = new ArrayList<>();
        table.add(new ArrayList<>());
        for (int column = 0; column < columns; column++) {
            table.get(0).add("c" + column + (random.nextBoolean() ? "" : " \"\n;" + "x"));
        }
        for (int row = random.nextInt(30); row > 0; row--) {
            List<String> cells = new ArrayList<>();
            for (int column = 0; column < columns; column++) {
                cells.add(cell(random));
            }
            table.add(cells);
        }
        return table;
    }

    private static String cell(Random random) {
        StringBuilder cell = new StringBuilder();
        for (int n = random.nextInt(6) * random.nextInt(6); n > 0; n--) {
            cell.append("ab;,\"\n\r é€😀".charAt(random.nextInt(9)));
        }
        return random.nextInt(40) == 0 ? cell.toString().repeat(5_000) : cell.toString();
    }

    private static String write(List<List<String>> table, Random random) {
        StringBuilder out = new StringBuilder();
        for (List<String> row : table) {
            for (int column = 0; column < row.size(); column++) {
                String cell = row.get(column);
                boolean quoted = cell.chars().anyMatch(c -> ";\"\r\n".indexOf(c) >= 0) || random.nextBoolean();
                out.append(column > 0 ? ";" : "");
                out.append(quoted ? '"' + cell.replace("\"", "\"\"") + '"' : cell);
            }
            out.append(random.nextBoolean() ? "\r\n" : "\n");
        }
        return out.toString();
    }

    /** A beginning, then a text over and over, up to so many bytes of it. */
    private static final class Repeated extends InputStream {

        private final byte[] text;
        private final byte[] beginning;
        private final long length;
        private long at;

        Repeated(String beginning, String text, long length) {
            this.beginning = utf8(beginning);
            this.text = utf8(text);
            this.length = length / this.text.length * this.text.length;
        }

        @Override
        public int read() {
            if (at < beginning.length) {
                return beginning[(int) at++];
            }
            long within = at - beginning.length;
            at++;
            return within < length ? text[(int) (within % text.length)] : -1;
        }
    }

    /** Gives a few bytes at a time. */
    private static final class Trickle extends ByteArrayInputStream {

        private final Random random;

        Trickle(byte[] bytes, Random random) {
            super(bytes);
            this.random = random;
        }

        @Override
        public int read(byte[] into, int at, int length) {
            return super.read(into, at, Math.min(length, 1 + random.nextInt(random.nextInt(40) == 0 ? 20_000 : 200)));
        }
    }

    @Test
    void gzipThatEndsWithinItsHeaderIsSaid() throws IOException {
        byte[] torn = Arrays.copyOf(gzip(utf8("a,b\n1,2\n")), 5);
        assertThatThrownBy(() -> CsvFile.open(new ByteArrayInputStream(torn), "torn.gz", ','))
                .isInstanceOf(CsvFileException.class)
                .hasMessage("torn.gz cannot be read: it ends within the header or the checksum of its gzip data");
    }
}
