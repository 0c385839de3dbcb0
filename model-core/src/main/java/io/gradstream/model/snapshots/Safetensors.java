package io.gradstream.model.snapshots;

import io.gradstream.model.spec.Json;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * A safetensors file (https://github.com/huggingface/safetensors), read strictly. Tensors are views of the bytes it was read from,
 * which must not be changed.
 *
 * <pre>
 * bytes 0 to 7    length of the header, little-endian
 * header          JSON in UTF-8, starts with '{', may end in spaces:
 *                 {"__metadata__": {text: text}, name: {"dtype": ..., "shape": [...], "data_offsets": [from, to]}, ...}
 * data            the tensors' elements, row-major, little-endian, without gaps; offsets count from here
 * </pre>
 *
 * <p>A file may come from anyone. It is refused if the header is longer than 100 MB or than the file, is not JSON in every detail, names
 * anything twice, or if dtype, shape, offsets and the file's length do not fit together to the byte. Reading takes less memory than
 * twice the file.
 */
public final class Safetensors {
    static final int LENGTH_BYTES = 8;
    static final int LONGEST_HEADER = 100_000_000;

    private final byte[] file;
    private final int dataAt;
    private final Header header;
    private final Tensor[] byName;
    private final Tensor[] byData;

    private Safetensors(byte[] file, int dataAt) throws SnapshotException {
        this.file = file;
        this.dataAt = dataAt;
        this.header = new Header(file, dataAt);
        this.byName = header.byName();
        this.byData = header.byData();
    }

    /** Checks the whole header; copies no tensor. */
    public static Safetensors read(byte[] file) throws SnapshotException {
        if (file.length < LENGTH_BYTES + 2) {
            throw new SnapshotException("a safetensors file has at least 10 bytes, this has " + file.length);
        }
        long length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
        if (length < 2 || length > LONGEST_HEADER) {
            throw new SnapshotException("no safetensors file: a header has 2 to " + LONGEST_HEADER
                    + " bytes, this says " + Long.toUnsignedString(length));
        }
        if (length > file.length - LENGTH_BYTES) {
            throw new SnapshotException(
                    "the file is torn: it has " + file.length + " bytes, its header alone " + (length + LENGTH_BYTES));
        }
        return new Safetensors(file, LENGTH_BYTES + (int) length);
    }

    /** The metadata, in the file's order. */
    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(header.metadata());
    }

    /** All tensors, in the order of their data. */
    public List<Tensor> tensors() {
        return Collections.unmodifiableList(Arrays.asList(byData));
    }

    /** Whether there is a tensor of this name. */
    public boolean has(String name) {
        return find(name) != null;
    }

    /** The tensor of this name; refused if there is none. */
    public Tensor tensor(String name) throws SnapshotException {
        Tensor found = find(name);
        if (found == null) {
            throw new SnapshotException(
                    "there is no tensor " + Json.write(name) + " among the " + byName.length + " of the file");
        }
        return found;
    }

    private Tensor find(String name) {
        int low = 0;
        int high = byName.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = compare(byName[middle].name(), name);
            if (order == 0) {
                return byName[middle];
            }
            low = order < 0 ? middle + 1 : low;
            high = order < 0 ? high : middle - 1;
        }
        return null;
    }

    /** By code point, as the names are sorted; String.compareTo sorts by char. */
    private static int compare(String a, String b) {
        return Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
    }

    /** SHA-256 of the data section (all bytes after the header), as lower-case hex. */
    public String dataSha256() {
        MessageDigest digest = sha256();
        digest.update(file, dataAt, file.length - dataAt);
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
