package io.gradstream.pipeline.jobs;

import io.gradstream.connectors.records.Outgoing;
import io.gradstream.connectors.records.SnapshotAssembler;
import io.gradstream.connectors.records.SnapshotAssembler.Complete;
import io.gradstream.connectors.records.SnapshotChunk;
import io.gradstream.connectors.records.SnapshotChunks;
import io.gradstream.connectors.records.SnapshotManifest;
import io.gradstream.model.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The snapshots that a main job has published, to be published again, one by one, elsewhere. */
final class Snapshots {
    private final NavigableMap<Long, List<ConsumerRecord<byte[], byte[]>>> records = new TreeMap<>();
    private final NavigableMap<Long, Model> models = new TreeMap<>();

    static Snapshots of(Shop shop) throws Exception {
        Snapshots all = new Snapshots();
        SnapshotAssembler assembler = new SnapshotAssembler("shop");
        for (ConsumerRecord<byte[], byte[]> record : shop.kafka.read(shop.snapshots)) {
            Outgoing part =
                    SnapshotChunks.read("shop", record.key(), record.value()).orElseThrow();
            all.records
                    .computeIfAbsent(version(part), version -> new ArrayList<>())
                    .add(record);
            if (assembler.add(part) instanceof Complete complete) {
                all.models.put(version(part), Model.read(complete.snapshot().bytes()));
            }
        }
        return all;
    }

    List<Long> versions() {
        return List.copyOf(records.keySet());
    }

    Model model(long version) {
        return models.get(version);
    }

    /** Writes one to the shop's own snapshots topic. */
    void publish(long version, Shop to) {
        write(records.get(version), to);
    }

    /** Writes one whose first chunk has a wrong byte. */
    void publishAltered(long version, Shop to) {
        List<ConsumerRecord<byte[], byte[]>> altered = records.get(version);
        byte[] chunk = altered.get(0).value();
        chunk[chunk.length / 2] ^= 1;
        write(altered, to);
        chunk[chunk.length / 2] ^= 1;
    }

    /** Writes one's manifest, without its chunks. */
    void publishTorn(long version, Shop to) {
        List<ConsumerRecord<byte[], byte[]>> whole = records.get(version);
        write(whole.subList(whole.size() - 1, whole.size()), to);
    }

    private static void write(List<ConsumerRecord<byte[], byte[]>> records, Shop to) {
        to.kafka.write(records.stream()
                .map(record -> new ProducerRecord<>(to.snapshots, 0, record.key(), record.value(), record.headers()))
                .toList());
    }

    private static long version(Outgoing part) {
        return part instanceof SnapshotManifest manifest ? manifest.version() : ((SnapshotChunk) part).version();
    }
}
