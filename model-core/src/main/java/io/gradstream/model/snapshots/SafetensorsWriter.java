package io.gradstream.model.snapshots;

import io.gradstream.model.spec.Json;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a safetensors file: the same calls give the same bytes. Tensors lie in order of element width (8, 4, 1 bytes), and within
 * one width in the order they were added, and the header is padded with spaces to a multiple of 8 bytes, so that each tensor is
 * aligned for readers that map the file.
 *
 * <p>Arrays are kept by reference until {@link #bytes()}; they must not change in between. Mistakes of the caller are
 * IllegalArgumentExceptions.
 */
public final class SafetensorsWriter {
    private static final int CHUNK = 1 << 16;

    private record Source(String name, DType type, Object values, int at, int[] shape, int size) {
        void write(int from, int count, ByteBuffer out) {
            int first = at + from;
            switch (type) {
                case F32 -> out.asFloatBuffer().put((float[]) values, first, count);
                case F64 -> out.asDoubleBuffer().put((double[]) values, first, count);
                case I32 -> out.asIntBuffer().put((int[]) values, first, count);
                case I64 -> out.asLongBuffer().put((long[]) values, first, count);
                default -> out.duplicate().put((byte[]) values, first, count);
            }
        }

        long bytes() {
            return (long) size * type.bytes();
        }
    }

    private final Map<String, Source> tensors = new LinkedHashMap<>();
    private final Map<String, Object> metadata = new LinkedHashMap<>();

    /** Adds an F32 tensor: the elements of {@code values} from {@code at}, as many as the shape says; no dimensions = a scalar. */
    public SafetensorsWriter add(String name, float[] values, int at, int... shape) {
        return add(name, DType.F32, values, values.length, at, shape);
    }

    /** Adds an F64 tensor. */
    public SafetensorsWriter add(String name, double[] values, int at, int... shape) {
        return add(name, DType.F64, values, values.length, at, shape);
    }

    /** Adds an I32 tensor. */
    public SafetensorsWriter add(String name, int[] values, int at, int... shape) {
        return add(name, DType.I32, values, values.length, at, shape);
    }

    /** Adds an I64 tensor. */
    public SafetensorsWriter add(String name, long[] values, int at, int... shape) {
        return add(name, DType.I64, values, values.length, at, shape);
    }

    /** Adds a U8 tensor. */
    public SafetensorsWriter add(String name, byte[] values, int at, int... shape) {
        return add(name, DType.U8, values, values.length, at, shape);
    }

    private SafetensorsWriter add(String name, DType type, Object values, int length, int at, int[] shape) {
        long size = 1;
        for (int each : shape) {
            if (each < 0) {
                throw new IllegalArgumentException(name + ": a dimension cannot be " + each);
            }
            size = size > Integer.MAX_VALUE ? size : size * each;
        }
        if (at < 0 || size > length - at) {
            throw new IllegalArgumentException(name + ": shape " + Arrays.toString(shape) + " from " + at
                    + " is more than " + length + " elements");
        }
        if (name.equals(Header.METADATA)
                || Json.write(name).getBytes(StandardCharsets.UTF_8).length > Header.LONGEST_NAME) {
            throw new IllegalArgumentException("a tensor cannot be called " + name);
        }
        Source source = new Source(name, type, values, at, shape.clone(), (int) size);
        if (tensors.putIfAbsent(name, source) != null) {
            throw new IllegalArgumentException("there is a tensor " + name + " already");
        }
        return this;
    }

    /** Adds one entry of the metadata. */
    public SafetensorsWriter metadata(String key, String value) {
        if (value == null || metadata.putIfAbsent(key, value) != null) {
            throw new IllegalArgumentException("metadata " + key + " has no value or is there already");
        }
        return this;
    }

    private List<Source> inOrder() {
        List<Source> sources = new ArrayList<>(tensors.values());
        sources.sort(Comparator.comparingInt(each -> -each.type().bytes()));
        return sources;
    }

    /** SHA-256 of the data section of the tensors added so far, as lower-case hex. */
    public String dataSha256() {
        MessageDigest digest = Safetensors.sha256();
        byte[] chunk = new byte[CHUNK];
        ByteBuffer buffer = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN);
        for (Source each : inOrder()) {
            int most = CHUNK / each.type().bytes();
            for (int from = 0; from < each.size(); from += most) {
                int count = Math.min(most, each.size() - from);
                each.write(from, count, buffer);
                digest.update(chunk, 0, count * each.type().bytes());
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The file; IllegalStateException if it would have more than 2 GiB. */
    public byte[] bytes() {
        byte[] header = Json.write(header()).getBytes(StandardCharsets.UTF_8);
        int padded = (header.length + 7) / 8 * 8;
        long length = Safetensors.LENGTH_BYTES + (long) padded;
        for (Source each : tensors.values()) {
            length += each.bytes();
        }
        if (padded > Safetensors.LONGEST_HEADER || length > SafetensorsSize.LARGEST) {
            throw new IllegalStateException("a snapshot of " + length + " bytes with a header of " + padded
                    + " cannot be written: at most 2 GiB, of them 100 MB of header");
        }
        ByteBuffer out = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(padded).put(header);
        while (out.position() < Safetensors.LENGTH_BYTES + padded) {
            out.put((byte) ' ');
        }
        for (Source each : inOrder()) {
            each.write(0, each.size(), out);
            out.position(out.position() + (int) each.bytes());
        }
        return out.array();
    }

    private Map<String, Object> header() {
        Map<String, Object> header = new LinkedHashMap<>();
        if (!metadata.isEmpty()) {
            header.put(Header.METADATA, metadata);
        }
        long from = 0;
        for (Source each : inOrder()) {
            long to = from + each.bytes();
            List<Object> shape = new ArrayList<>();
            Arrays.stream(each.shape()).forEach(shape::add);
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("dtype", each.type().name());
            entry.put("shape", shape);
            entry.put("data_offsets", List.of(from, to));
            header.put(each.name(), entry);
            from = to;
        }
        return header;
    }
}
