package io.gradstream.connectors.kafka;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * {@link EnumeratorState} as bytes: the version of KafkaSource's own state, its length, its bytes; then how many topics, and the name and
 * id of each. A checkpoint with KafkaSource's own state alone, whose versions are below {@value #VERSION}, is read as one without ids.
 */
final class EnumeratorStateSerializer implements SimpleVersionedSerializer<KafkaSourceEnumState> {
    private static final int VERSION = 100;

    private final SimpleVersionedSerializer<KafkaSourceEnumState> kafka;

    EnumeratorStateSerializer(SimpleVersionedSerializer<KafkaSourceEnumState> kafka) {
        this.kafka = kafka;
    }

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(KafkaSourceEnumState state) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            byte[] own = kafka.serialize(state);
            out.writeInt(kafka.getVersion());
            out.writeInt(own.length);
            out.write(own);
            Map<String, String> ids = EnumeratorState.topicIds(state);
            out.writeInt(ids.size());
            for (Map.Entry<String, String> topic : ids.entrySet()) {
                out.writeUTF(topic.getKey());
                out.writeUTF(topic.getValue());
            }
        }
        return bytes.toByteArray();
    }

    @Override
    public KafkaSourceEnumState deserialize(int version, byte[] bytes) throws IOException {
        if (version < VERSION) {
            return kafka.deserialize(version, bytes);
        }
        if (version > VERSION) {
            throw new IOException("the checkpoint holds the state of a source in version " + version
                    + "; this program reads up to version " + VERSION);
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int own = in.readInt();
            KafkaSourceEnumState state = kafka.deserialize(own, in.readNBytes(in.readInt()));
            Map<String, String> ids = new HashMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                ids.put(in.readUTF(), in.readUTF());
            }
            return new EnumeratorState(state, ids);
        }
    }
}
