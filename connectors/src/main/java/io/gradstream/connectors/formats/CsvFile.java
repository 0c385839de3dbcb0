package io.gradstream.connectors.formats;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A CSV file with a header, read record by record as bytes, plain or gzip. Only one record is in memory, so it may be of
 * any size.
 *
 * <p>A record is a line, or several when a quoted cell has line breaks in it. Its cells are left to the decoder: what is
 * wrong within a record concerns that record alone. The ends of records are found as RFC 4180 has it: a quote opens a
 * quoted cell only at the cell's beginning, so a stray quote elsewhere spoils no other line. Lines end with LF or CRLF; a
 * byte order mark is stepped over; empty lines are, too, where there is more than one column.
 *
 * <p>Not thread-safe.
 */
public final class CsvFile implements Closeable {

    /** The longest record that is read, in bytes: 1 MiB. */
    public static final int MAX_RECORD = 1 << 20;

    private static final int BUFFER = 1 << 16;

    private final InputStream in;
    private final String name;
    private final CsvRecordEnd ends;
    private final List<String> columns;
    private byte[] buffer = new byte[BUFFER];

    /** The record is {@code buffer[start, end)}; what follows it begins at {@code next} and is filled to {@code filled}. */
    private int start;

    private int end;
    private int next;
    private int filled;

    private CsvFile(InputStream in, String name, char delimiter) throws IOException {
        this.in = in;
        this.name = name;
        this.ends = new CsvRecordEnd(delimiter);
        this.columns = header(delimiter);
    }

    /** Opens a file and reads its header. */
    public static CsvFile open(Path file, char delimiter) throws IOException {
        return open(Files.newInputStream(file), file.toString(), delimiter);
    }

    /**
     * Reads the header from a stream of CSV or gzip, told apart by its first bytes. The stream is closed by {@link
     * #close()}, and when this fails.
     *
     * @param name what messages call it
     * @throws CsvFileException when there is no header, none of its columns has a name, or two have the same
     */
    public static CsvFile open(InputStream stream, String name, char delimiter) throws IOException {
        try {
            return new CsvFile(plain(stream), name, delimiter);
        } catch (CsvFileException | RuntimeException e) {
            stream.close();
            throw e;
        } catch (IOException e) {
            stream.close();
            throw new CsvFileException(name + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The names in the header, without the spaces around them. */
    public List<String> columns() {
        return columns;
    }

    /**
     * Steps to the next record.
     *
     * @return whether there is one
     * @throws CsvFileException when the quotes of a cell are never closed, a record is longer than {@link #MAX_RECORD},
     *     or the file cannot be read on
     */
    public boolean next() throws IOException {
        do {
            if (!readRecord()) {
                return false;
            }
        } while (start == end && columns.size() > 1);
        return true;
    }

    /** Holds the record; the same bytes only until the next step. */
    public byte[] bytes() {
        return buffer;
    }

    /** Where the record begins in {@link #bytes()}. */
    public int start() {
        return start;
    }

    /** How many bytes the record has, without the end of its line. */
    public int length() {
        return end - start;
    }

    /** The record in an array of its own. */
    public byte[] copy() {
        return Arrays.copyOfRange(buffer, start, end);
    }

    /** The line that the record begins in, the header being in line 1. */
    public long line() {
        return ends.firstLine();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private List<String> header(char delimiter) throws IOException {
        skipByteOrderMark();
        if (!readRecord()) {
            throw new CsvFileException(name + " is empty; its first line must name the columns");
        }
        List<String> names = new ArrayList<>();
        try {
            CsvCells cells = new CsvCells(delimiter, length() + 1);
            int count = cells.split(buffer, start, length());
            for (int cell = 0; cell < count; cell++) {
                cells.select(cell);
                names.add(new String(cells.bytes(), cells.start(), cells.length(), StandardCharsets.UTF_8).strip());
            }
            return new CsvFormat(names, delimiter).columns();
        } catch (UndecodableException | IllegalArgumentException e) {
            throw new CsvFileException(name + ", line 1, must name the columns: " + e.getMessage(), e);
        }
    }

    private void skipByteOrderMark() throws IOException {
        boolean more = true;
        while (filled < 3 && more) {
            more = fill();
        }
        if (filled >= 3 && buffer[0] == (byte) 0xEF && buffer[1] == (byte) 0xBB && buffer[2] == (byte) 0xBF) {
            next = 3;
        } else if (filled >= 2 && (buffer[0] & buffer[1] & 0xFE) == 0xFE && buffer[0] != buffer[1]) {
            throw new CsvFileException(name + " is UTF-16; UTF-8 was wanted");
        }
    }

    private boolean readRecord() throws IOException {
        start = next;
        ends.begin();
        int looked = start;
        while (true) {
            int lineFeed = ends.find(buffer, looked, filled);
            if (lineFeed != CsvRecordEnd.NOT_YET) {
                end = lineFeed > start && buffer[lineFeed - 1] == '\r' ? lineFeed - 1 : lineFeed;
                next = lineFeed + 1;
                checkLength(end - start);
                return true;
            }
            looked = filled - start;
            if (!fill()) {
                return lastRecord();
            }
        }
    }

    /** Takes what has no line feed after it. */
    private boolean lastRecord() throws IOException {
        if (ends.isQuoted()) {
            throw new CsvFileException(name + " ends within the quotes that were opened in line " + ends.quoteLine());
        }
        end = filled > start && buffer[filled - 1] == '\r' ? filled - 1 : filled;
        next = filled;
        return filled > start;
    }

    /** Reads more, moving what is there of the record to the front; false at the end of the file. */
    private boolean fill() throws IOException {
        int kept = filled - start;
        checkLength(kept);
        System.arraycopy(buffer, start, buffer, 0, kept);
        start = 0;
        filled = kept;
        if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        int count = read();
        filled += Math.max(0, count);
        return count > 0;
    }

    private void checkLength(int length) throws CsvFileException {
        if (length > MAX_RECORD) {
            throw new CsvFileException(name + ": the record that begins in line " + ends.firstLine()
                    + " is longer than " + MAX_RECORD + " bytes; are there quotes that are not closed?");
        }
    }

    private int read() throws IOException {
        try {
            return in.read(buffer, filled, buffer.length - filled);
        } catch (IOException e) {
            throw new CsvFileException(
                    name + " cannot be read on after line " + ends.firstLine() + ": " + e.getMessage(), e);
        }
    }

    private static InputStream plain(InputStream stream) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(stream, BUFFER);
        buffered.mark(2);
        int magic = buffered.read() | buffered.read() << 8;
        buffered.reset();
        return magic == GzipMembers.MAGIC ? new GzipMembers(buffered, BUFFER) : buffered;
    }
}
