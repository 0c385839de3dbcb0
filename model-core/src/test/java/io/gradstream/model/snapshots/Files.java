package io.gradstream.model.snapshots;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Safetensors files for tests. */
final class Files {
    private Files() {}

    /** A file of the test resources. */
    static byte[] resource(String name) {
        try (InputStream in = Files.class.getResourceAsStream("/snapshots/" + name)) {
            return in.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** A file of this header (with ' for ") and so many bytes of data: 0, 1, 2 ... */
    static byte[] of(String header, int dataBytes) {
        byte[] json = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return of(json.length, json, dataBytes);
    }

    static byte[] of(long saidLength, byte[] header, int dataBytes) {
        ByteBuffer file = ByteBuffer.allocate(8 + header.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(saidLength).put(header);
        for (int i = 0; i < dataBytes; i++) {
            file.put((byte) i);
        }
        return file.array();
    }
}
