package io.gradstream.pipeline.learn;

import io.gradstream.pipeline.examples.Incoming;
import io.gradstream.pipeline.examples.IncomingSerializer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Held rows as chunks of whole rows, for a list state of their own: together they may be more than the 2 GiB of a {@code byte[]}.
 *
 * <pre>
 * chunk  magic "GSH1" (4) | sequence (4) | rows, each as {@link IncomingSerializer} writes it
 * seal   number of chunks (4) | SHA-256 of all of them, one after the other (32)
 * </pre>
 *
 * The seal is kept in the {@link LearnState} of the same checkpoint, so that no chunk of another one can be mixed in.
 *
 * @param chunks in their sequence
 */
record HeldChunks(List<byte[]> chunks, byte[] seal) {

    /** After so many bytes a chunk is full. */
    static final int CHUNK = 8 << 20;

    private static final int MAGIC = 0x47534831;
    private static final int HEADER = 8;

    static HeldChunks of(Iterable<Incoming> rows) throws IOException {
        return of(rows, CHUNK);
    }

    /** @param size bytes of rows after which a chunk is full */
    static HeldChunks of(Iterable<Incoming> rows, int size) throws IOException {
        List<byte[]> chunks = new ArrayList<>();
        DataOutputSerializer out = new DataOutputSerializer(1024);
        for (Incoming row : rows) {
            if (out.length() == 0) {
                out.writeInt(MAGIC);
                out.writeInt(chunks.size());
            }
            IncomingSerializer.INSTANCE.serialize(row, out);
            if (out.length() - HEADER >= size) {
                chunks.add(out.getCopyOfBuffer());
                out.clear();
            }
        }
        if (out.length() > 0) {
            chunks.add(out.getCopyOfBuffer());
        }
        return new HeldChunks(chunks, sealOf(chunks));
    }

    /**
     * Gives out the rows of a checkpoint.
     *
     * @param there its chunks, in any order
     * @param seal empty where the rows are not in chunks
     * @throws StateException if a chunk is missing, doubled, or not what was written
     */
    static void read(Iterable<byte[]> there, byte[] seal, Consumer<Incoming> each) throws StateException {
        List<byte[]> chunks = new ArrayList<>();
        for (byte[] chunk : there) {
            if (chunk.length < HEADER || ByteBuffer.wrap(chunk).getInt(0) != MAGIC) {
                throw new StateException("the checkpoint's held rows have a chunk of an unknown format"
                        + ". Restore it with the program that wrote it or a newer one");
            }
            chunks.add(chunk);
        }
        chunks.sort(Comparator.comparingInt(chunk -> ByteBuffer.wrap(chunk).getInt(4)));
        boolean none = seal.length == 0 && chunks.isEmpty();
        if (!none && !Arrays.equals(seal, sealOf(chunks))) {
            throw new StateException("the checkpoint's held rows are damaged: " + chunks.size()
                    + " chunks are not those that were written with the learner");
        }
        try {
            for (byte[] chunk : chunks) {
                readRows(chunk, HEADER, each);
            }
        } catch (IOException e) {
            throw new StateException("the checkpoint's held rows cannot be read: " + e.getMessage(), e);
        }
    }

    /** Gives out the rows that lie one after the other from there on. */
    static void readRows(byte[] bytes, int from, Consumer<Incoming> each) throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(bytes, from, bytes.length - from);
        while (in.available() > 0) {
            each.accept(IncomingSerializer.INSTANCE.deserialize(in));
        }
    }

    /** How many chunks a seal is of. */
    static int many(byte[] seal) {
        return seal.length == 0 ? 0 : ByteBuffer.wrap(seal).getInt();
    }

    private static byte[] sealOf(List<byte[]> chunks) {
        MessageDigest sha = StateFrames.sha256();
        chunks.forEach(sha::update);
        return ByteBuffer.allocate(Integer.BYTES + sha.getDigestLength())
                .putInt(chunks.size())
                .put(sha.digest())
                .array();
    }
}
