package io.gradstream.model.snapshots;

import io.gradstream.model.spec.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many bytes a safetensors file has at most, known from names, types and shapes alone: data to the byte, and of the header as much as
 * if each offset had the most digits.
 */
public final class SafetensorsSize {
    /** The most bytes that a file can have here, since it is one array. */
    public static final int LARGEST = Integer.MAX_VALUE - 8;

    /** What stands in front of the header, its braces, and the most that pads it. */
    private static final int AROUND = Safetensors.LENGTH_BYTES + 2 + 7;

    private long bytes = AROUND;

    /** Counts a tensor. */
    public SafetensorsSize add(String name, DType type, long... shape) {
        List<Object> dims = new ArrayList<>();
        long size = type.bytes();
        for (long each : shape) {
            dims.add(each);
            size = each > 0 && size > Long.MAX_VALUE / each ? Long.MAX_VALUE : size * each;
        }
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("dtype", type.name());
        entry.put("shape", dims);
        entry.put("data_offsets", List.of(Long.MAX_VALUE, Long.MAX_VALUE));
        plus(size);
        plus(header(name, entry));
        return this;
    }

    /** Counts the metadata, all at once. */
    public SafetensorsSize metadata(Map<String, String> metadata) {
        plus(header(Header.METADATA, metadata));
        return this;
    }

    /** With the comma behind it, and the braces of an object of its own less than that. */
    private static long header(String key, Object value) {
        return Json.write(Map.of(key, value)).getBytes(StandardCharsets.UTF_8).length;
    }

    private void plus(long more) {
        bytes = bytes + more < 0 ? Long.MAX_VALUE : bytes + more;
    }

    /** At most so many; {@link Long#MAX_VALUE} if it is that or more. */
    public long bytes() {
        return bytes;
    }
}
