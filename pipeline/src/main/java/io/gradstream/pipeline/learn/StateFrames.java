package io.gradstream.pipeline.learn;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The learner's state as chunks of a union list state. One {@code byte[]} ends at 2 GiB and a state backend copies it whole,
 * so the bytes are cut; each chunk says what it belongs to:
 *
 * <pre>
 * magic "GSF1" (4) | replica (4) | sequence (4) | count (4) | total length (8) | SHA-256 of all bytes (32) | bytes
 * </pre>
 *
 * The checksum covers the whole, not the chunk: a chunk of another checkpoint's state cannot be mixed in.
 */
final class StateFrames {

    /** Bytes of state in a chunk. */
    static final int CHUNK = 4 << 20;

    private static final int MAGIC = 0x47534631;
    private static final int HEADER = 56;

    private StateFrames() {}

    /** Cuts the bytes of one replica. */
    static List<byte[]> split(int replica, byte[] bytes) {
        return split(replica, bytes, CHUNK);
    }

    static List<byte[]> split(int replica, byte[] bytes, int chunk) {
        byte[] sha = sha256().digest(bytes);
        int count = Math.max(1, (bytes.length + chunk - 1) / chunk);
        List<byte[]> frames = new ArrayList<>(count);
        for (int sequence = 0; sequence < count; sequence++) {
            int at = sequence * chunk;
            int length = Math.min(chunk, bytes.length - at);
            ByteBuffer frame = ByteBuffer.allocate(HEADER + length);
            frame.putInt(MAGIC).putInt(replica).putInt(sequence).putInt(count);
            frame.putLong(bytes.length).put(sha).put(bytes, at, length);
            frames.add(frame.array());
        }
        return frames;
    }

    /**
     * Puts the chunks of all replicas together, in whatever order they come.
     *
     * @return each replica's bytes
     * @throws StateException if a chunk is missing, doubled, or not what was written
     */
    static Map<Integer, byte[]> join(Iterable<byte[]> frames) throws StateException {
        Map<Integer, List<ByteBuffer>> byReplica = new TreeMap<>();
        for (byte[] frame : frames) {
            ByteBuffer buffer = ByteBuffer.wrap(frame);
            if (frame.length < HEADER || buffer.getInt(0) != MAGIC) {
                throw new StateException("the checkpoint's state of the learner has a chunk of an unknown format");
            }
            byReplica
                    .computeIfAbsent(buffer.getInt(4), replica -> new ArrayList<>())
                    .add(buffer);
        }
        Map<Integer, byte[]> joined = new TreeMap<>();
        for (Map.Entry<Integer, List<ByteBuffer>> replica : byReplica.entrySet()) {
            joined.put(replica.getKey(), joinOne(replica.getKey(), replica.getValue()));
        }
        return joined;
    }

    private static byte[] joinOne(int replica, List<ByteBuffer> frames) throws StateException {
        int count = frames.get(0).getInt(12);
        long length = frames.get(0).getLong(16);
        long there =
                frames.stream().mapToLong(frame -> frame.capacity() - HEADER).sum();
        if (frames.size() != count || there != length || length > Integer.MAX_VALUE - 8) {
            throw new StateException("the checkpoint's state of learner " + replica + " has " + frames.size()
                    + " chunks with " + there + " bytes; one of them says " + count + " with " + length);
        }
        frames.sort((a, b) -> Integer.compare(a.getInt(8), b.getInt(8)));
        ByteBuffer all = ByteBuffer.allocate((int) length);
        byte[] sha = new byte[32];
        for (int sequence = 0; sequence < count; sequence++) {
            ByteBuffer frame = frames.get(sequence);
            if (frame.getInt(8) != sequence) {
                throw new StateException("the checkpoint's state of learner " + replica + " lacks chunk " + sequence);
            }
            frame.get(24, sha);
            all.put(frame.array(), HEADER, frame.capacity() - HEADER);
        }
        if (!Arrays.equals(sha, sha256().digest(all.array()))) {
            throw new StateException(
                    "the checkpoint's state of learner " + replica + " is damaged: its checksum differs");
        }
        return all.array();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
