package io.gradstream.pipeline.score;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/** The versions that were served: after a restore nothing older of the same lineage is served again. */
final class Floor {

    private static final int FORMAT = 1;

    private final Map<String, Long> versions = new TreeMap<>();

    /** Whether a model may be served. */
    boolean allows(ServedModel model) {
        return model.version() >= versions.getOrDefault(model.lineage(), Long.MIN_VALUE);
    }

    /** Makes this the one lineage that is remembered, at this version. */
    void raise(ServedModel model) {
        versions.clear();
        versions.put(model.lineage(), model.version());
    }

    /** Takes over what another subtask had served. */
    void merge(byte[] bytes) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int format = in.readInt();
            if (format != FORMAT) {
                throw new IOException("the checkpoint holds a served version in format " + format
                        + "; this program reads format " + FORMAT);
            }
            for (int left = in.readInt(); left > 0; left--) {
                versions.merge(in.readUTF(), in.readLong(), Math::max);
            }
        }
    }

    byte[] write() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(FORMAT);
            out.writeInt(versions.size());
            for (Map.Entry<String, Long> version : versions.entrySet()) {
                out.writeUTF(version.getKey());
                out.writeLong(version.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Override
    public String toString() {
        return versions.toString();
    }
}
