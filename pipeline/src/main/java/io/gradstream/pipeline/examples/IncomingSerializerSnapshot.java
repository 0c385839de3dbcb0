package io.gradstream.pipeline.examples;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Which format of {@link IncomingSerializer} a checkpoint holds. */
public final class IncomingSerializerSnapshot implements TypeSerializerSnapshot<Incoming> {

    private static final int VERSION = 1;

    @Override
    public int getCurrentVersion() {
        return VERSION;
    }

    @Override
    public void writeSnapshot(DataOutputView out) {
        // The version, which Flink writes before this, says it all.
    }

    @Override
    public void readSnapshot(int readVersion, DataInputView in, ClassLoader userCodeClassLoader) throws IOException {
        if (readVersion != VERSION) {
            throw new IOException("the checkpoint holds examples in format version " + readVersion
                    + "; this program reads version " + VERSION
                    + ". Restore it with the program that wrote it or a newer one");
        }
    }

    @Override
    public TypeSerializer<Incoming> restoreSerializer() {
        return IncomingSerializer.INSTANCE;
    }

    @Override
    public TypeSerializerSchemaCompatibility<Incoming> resolveSchemaCompatibility(
            TypeSerializerSnapshot<Incoming> old) {
        return old instanceof IncomingSerializerSnapshot
                ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                : TypeSerializerSchemaCompatibility.incompatible();
    }
}
