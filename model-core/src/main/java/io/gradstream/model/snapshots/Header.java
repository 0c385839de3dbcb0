package io.gradstream.model.snapshots;

import io.gradstream.model.spec.Json;
import io.gradstream.model.spec.JsonCursor;
import io.gradstream.model.spec.JsonException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The header of a safetensors file: walked through once, each part checked where it stands.
 *
 * <p>It may come from anyone and have 100 MB, so it is not turned into a tree: per tensor there is one small object and its shape,
 * less than twice the bytes that the header needs to name it; the metadata stays where it is until it is asked for.
 */
final class Header {
    static final int LONGEST_NAME = 512;
    static final String METADATA = "__metadata__";

    private static final int MOST_DIMENSIONS = 32;
    private static final int MOST_METADATA = 10_000;
    private static final DType[] TYPES = DType.values();

    private final byte[] file;
    private final int dataAt;
    private final JsonCursor cursor;
    private final List<Tensor> tensors = new ArrayList<>();
    private final int[] dimensions = new int[MOST_DIMENSIONS];
    private int metadataAt = -1;

    /** Reads the header in bytes 8 to {@code dataAt}. */
    Header(byte[] file, int dataAt) throws SnapshotException {
        this.file = file;
        this.dataAt = dataAt;
        this.cursor = new JsonCursor(file, Safetensors.LENGTH_BYTES, dataAt);
        try {
            read();
        } catch (JsonException broken) {
            throw new SnapshotException("safetensors header, " + broken.getMessage(), broken);
        }
    }

    /** All tensors by name. */
    Tensor[] byName() throws SnapshotException {
        Tensor[] byName = tensors.toArray(new Tensor[0]);
        Arrays.sort(byName, (a, b) -> cursor.compareTexts(a.nameAt(), b.nameAt()));
        for (int i = 1; i < byName.length; i++) {
            if (cursor.compareTexts(byName[i - 1].nameAt(), byName[i].nameAt()) == 0) {
                throw new SnapshotException("tensor " + Json.write(byName[i].name()) + " is there twice");
            }
        }
        return byName;
    }

    /** All tensors by their data, which they must fill without a gap and without sharing a byte. */
    Tensor[] byData() throws SnapshotException {
        Tensor[] byData = tensors.toArray(new Tensor[0]);
        Arrays.sort(byData, Comparator.comparingInt(Tensor::begin).thenComparingInt(Tensor::end));
        int expected = dataAt;
        for (Tensor each : byData) {
            if (each.begin() != expected) {
                throw new SnapshotException(each + " starts at byte " + (each.begin() - dataAt) + " of the data, "
                        + (each.begin() > expected ? "behind a gap" : "inside another tensor") + " that ends at byte "
                        + (Math.max(each.begin(), expected) - dataAt));
            }
            expected = each.end();
        }
        if (expected != file.length) {
            throw new SnapshotException("the last tensor ends at byte " + (expected - dataAt) + " of "
                    + (file.length - dataAt) + " bytes of data");
        }
        return byData;
    }

    Map<String, String> metadata() {
        Map<String, String> metadata = new LinkedHashMap<>();
        if (metadataAt >= 0) {
            cursor.position(metadataAt);
            cursor.take('{');
            while (cursor.peek() == '"') {
                String key = cursor.text();
                cursor.take(':');
                metadata.put(key, cursor.text());
                cursor.takes(',');
            }
        }
        return metadata;
    }

    private void read() throws SnapshotException {
        if (file[Safetensors.LENGTH_BYTES] != '{') {
            throw cursor.unexpected("'{'");
        }
        cursor.take('{');
        if (!cursor.takes('}')) {
            do {
                entry();
            } while (cursor.takes(','));
            cursor.take('}');
        }
        cursor.end();
    }

    private void entry() throws SnapshotException {
        cursor.peek();
        int nameAt = cursor.position();
        cursor.skipText();
        if (cursor.position() - nameAt - 2 > LONGEST_NAME) {
            throw new SnapshotException("a tensor's name has more than " + LONGEST_NAME + " bytes");
        }
        boolean isMetadata = cursor.passed(METADATA);
        cursor.take(':');
        if (!isMetadata) {
            tensors.add(tensor(nameAt));
            return;
        }
        if (metadataAt >= 0) {
            throw cursor.problem(METADATA + " is there twice");
        }
        metadataAt = cursor.position();
        checkMetadata();
    }

    private void checkMetadata() {
        int[] keys = new int[16];
        int count = 0;
        cursor.take('{');
        if (cursor.takes('}')) {
            return;
        }
        do {
            cursor.peek();
            if (count == MOST_METADATA) {
                throw cursor.problem(METADATA + " has more than " + MOST_METADATA + " entries");
            }
            keys = count < keys.length ? keys : Arrays.copyOf(keys, 2 * count);
            keys[count++] = cursor.position();
            cursor.skipText();
            cursor.take(':');
            cursor.skipText();
        } while (cursor.takes(','));
        cursor.take('}');
        checkOnce(keys, count);
    }

    private void checkOnce(int[] keys, int count) {
        Integer[] sorted = new Integer[count];
        Arrays.setAll(sorted, i -> keys[i]);
        Arrays.sort(sorted, cursor::compareTexts);
        for (int i = 1; i < count; i++) {
            if (cursor.compareTexts(sorted[i - 1], sorted[i]) == 0) {
                cursor.position(sorted[i]);
                throw cursor.problem("a key of " + METADATA + " is there twice");
            }
        }
    }

    private Tensor tensor(int nameAt) throws SnapshotException {
        DType type = null;
        int[] shape = null;
        long begin = -1;
        long end = -1;
        cursor.take('{');
        do {
            cursor.skipText();
            if (type == null && cursor.passed("dtype")) {
                cursor.take(':');
                type = type();
            } else if (shape == null && cursor.passed("shape")) {
                cursor.take(':');
                shape = shape();
            } else if (begin < 0 && cursor.passed("data_offsets")) {
                cursor.take(':');
                cursor.take('[');
                begin = cursor.count(Long.MAX_VALUE);
                cursor.take(',');
                end = cursor.count(Long.MAX_VALUE);
                cursor.take(']');
            } else {
                throw cursor.problem(
                        "wanted dtype, shape and data_offsets, each once, got " + Json.write(cursor.passedText()));
            }
        } while (cursor.takes(','));
        cursor.take('}');
        if (type == null || shape == null || begin < 0) {
            throw cursor.problem("a tensor must have dtype, shape and data_offsets");
        }
        return checked(nameAt, type, shape, begin, end);
    }

    private Tensor checked(int nameAt, DType type, int[] shape, long begin, long end) throws SnapshotException {
        long length = (long) file.length - dataAt;
        long elements = elements(shape);
        long bytes = elements * type.bytes();
        if (begin > end || end > length) {
            throw refused(
                    nameAt,
                    type,
                    shape,
                    "lies at bytes " + begin + " to " + end + " of " + length + " bytes of data"
                            + (end > length ? ": the file is torn" : ""));
        }
        if (bytes != end - begin) {
            throw refused(
                    nameAt,
                    type,
                    shape,
                    "has " + (end - begin) + " bytes of data, its shape wants "
                            + (elements < 0 ? "more than can be" : bytes));
        }
        return new Tensor(file, nameAt, type, shape, dataAt + (int) begin, dataAt + (int) end);
    }

    private SnapshotException refused(int nameAt, DType type, int[] shape, String why) {
        return new SnapshotException(new Tensor(file, nameAt, type, shape, 0, 0) + " " + why);
    }

    /** Product of the dimensions; -1 if no file could hold so many. */
    private static long elements(int[] shape) {
        long elements = 1;
        for (int each : shape) {
            if (each == 0) {
                return 0;
            }
            elements = elements < 0 || elements * each > Integer.MAX_VALUE ? -1 : elements * each;
        }
        return elements;
    }

    private DType type() {
        cursor.skipText();
        for (DType each : TYPES) {
            if (cursor.passed(each.name())) {
                return each;
            }
        }
        String name = cursor.passedText();
        throw cursor.problem("unknown dtype " + Json.write(name.substring(0, Math.min(20, name.length())))
                + ", known are " + Arrays.toString(TYPES));
    }

    private int[] shape() {
        int count = 0;
        cursor.take('[');
        if (!cursor.takes(']')) {
            do {
                if (count == MOST_DIMENSIONS) {
                    throw cursor.problem("a shape has more than " + MOST_DIMENSIONS + " dimensions");
                }
                dimensions[count++] = (int) cursor.count(Integer.MAX_VALUE);
            } while (cursor.takes(','));
            cursor.take(']');
        }
        return Arrays.copyOf(dimensions, count);
    }
}
