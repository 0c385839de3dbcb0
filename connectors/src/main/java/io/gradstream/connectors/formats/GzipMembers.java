package io.gradstream.connectors.formats;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The content of gzip data, which is one member or several (RFC 1952), read to its very end. The JDK's own stream takes a further member whose
 * header is damaged or cut for the end of all, and so a part of a file for the whole; here only zeros may follow the last member, which pad
 * tapes and blocks.
 */
final class GzipMembers extends InputStream {

    /** The first two bytes of a member, the lower one first. */
    static final int MAGIC = 0x8B1F;

    private static final int DEFLATE = 8;
    private static final int HAS_CHECKSUM = 2;
    private static final int HAS_EXTRA = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;
    private static final int UNKNOWN_FLAGS = 0xE0;
    private static final int TIME_AND_SYSTEM = 6;

    private final InputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final byte[] buffer;

    /** What is taken next is {@code buffer[at, filled)}; {@code before} bytes came before the buffer. */
    private int at;

    private int filled;
    private long before;
    private boolean ended;

    /** Reads the header of the first member. */
    GzipMembers(InputStream in, int bufferSize) throws IOException {
        this.in = in;
        this.buffer = new byte[bufferSize];
        begin();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        while (!ended) {
            int count = inflate(into, from, length);
            if (count > 0 || length == 0) {
                checksum.update(into, from, count);
                return count;
            }
            if (inflater.finished()) {
                end();
                ended = !follows();
                if (!ended) {
                    begin();
                }
            } else if (!fill()) {
                throw new EOFException("it ends within its gzip data");
            } else {
                inflater.setInput(buffer, 0, filled);
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }

    private int inflate(byte[] into, int from, int length) throws IOException {
        try {
            return inflater.inflate(into, from, length);
        } catch (DataFormatException e) {
            throw damaged(before + filled - inflater.getRemaining(), e.getMessage());
        } finally {
            at = filled - inflater.getRemaining();
        }
    }

    private void begin() throws IOException {
        checksum.reset();
        long start = position();
        if (number(2) != MAGIC) {
            throw damaged(start, "no gzip member begins there");
        }
        int method = one();
        int flags = one();
        if (method != DEFLATE || (flags & UNKNOWN_FLAGS) != 0) {
            throw damaged(start, "the member that begins there is of an unknown kind");
        }
        skip(TIME_AND_SYSTEM);
        if ((flags & HAS_EXTRA) != 0) {
            skip((int) number(2));
        }
        if ((flags & HAS_NAME) != 0) {
            skipText();
        }
        if ((flags & HAS_COMMENT) != 0) {
            skipText();
        }
        long sum = checksum.getValue() & 0xFFFF;
        if ((flags & HAS_CHECKSUM) != 0 && number(2) != sum) {
            throw damaged(start, "the header that begins there has another checksum");
        }
        checksum.reset();
        inflater.reset();
        inflater.setInput(buffer, at, filled - at);
    }

    private void end() throws IOException {
        long place = position();
        long sum = checksum.getValue();
        boolean same = number(4) == sum;
        same &= number(4) == (inflater.getBytesWritten() & 0xFFFF_FFFFL);
        if (!same) {
            throw damaged(place, "what was read up to there has another checksum or length");
        }
    }

    /** Steps over zeros; whether anything comes after them. */
    private boolean follows() throws IOException {
        while (at < filled || fill()) {
            if (buffer[at] != 0) {
                return true;
            }
            at++;
        }
        return false;
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            one();
        }
    }

    private void skipText() throws IOException {
        while (one() != 0) {
            // its letters
        }
    }

    /** A number of some bytes, the lowest first. */
    private long number(int bytes) throws IOException {
        long number = 0;
        for (int i = 0; i < bytes; i++) {
            number |= (long) one() << 8 * i;
        }
        return number;
    }

    private int one() throws IOException {
        if (at == filled && !fill()) {
            throw new EOFException("it ends within the header or the checksum of its gzip data");
        }
        checksum.update(buffer[at]);
        return buffer[at++] & 0xFF;
    }

    private boolean fill() throws IOException {
        before += filled;
        at = 0;
        filled = Math.max(0, in.read(buffer, 0, buffer.length));
        return filled > 0;
    }

    private long position() {
        return before + at;
    }

    private static IOException damaged(long place, String what) {
        return new IOException("its gzip data is damaged at byte " + place + ": " + what);
    }
}
