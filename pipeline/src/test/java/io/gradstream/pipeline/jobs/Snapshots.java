package io.gradstream.pipeline.jobs;

import io.gradstream.connectors.records.Outgoing;
import io.gradstream.connectors.records.OutgoingEncoder;
import io.gradstream.connectors.records.Snapshot;
import io.gradstream.connectors.records.SnapshotAssembler;
import io.gradstream.connectors.records.SnapshotAssembler.Complete;
import io.gradstream.connectors.records.SnapshotChunk;
import io.gradstream.connectors.records.SnapshotChunks;
import io.gradstream.connectors.records.SnapshotManifest;
import io.gradstream.model.Model;
import io.gradstream.model.snapshots.Safetensors;
import io.gradstream.model.snapshots.Tensor;
import io.gradstream.pipeline.jobs.Shop.Labels;
import io.gradstream.testing.GradstreamExtension;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The snapshots that a main job has published, to be published again, one by one, elsewhere. */
final class Snapshots {
    private final NavigableMap<Long, List<ConsumerRecord<byte[], byte[]>>> records = new TreeMap<>();
    private final NavigableMap<Long, Snapshot> snapshots = new TreeMap<>();
    private final NavigableMap<Long, Model> models = new TreeMap<>();

    /** What a main job publishes that learns of 2000 views. */
    static Snapshots learned(GradstreamExtension gradstream, Path folder) throws Exception {
        Shop shop = Shop.open(gradstream.broker(), gradstream.topics(), folder, 1);
        shop.write(
                shop.views,
                0,
                IntStream.range(0, 2000).mapToObj(Shop::labelledView).toList());
        Shop.run(shop.pipeline(Labels.IN_EVENT, true, "", ""))
                .getJobExecutionResult()
                .get(2, TimeUnit.MINUTES);
        return of(shop);
    }

    private static Snapshots of(Shop shop) throws Exception {
        Snapshots all = new Snapshots();
        SnapshotAssembler assembler = new SnapshotAssembler("shop");
        for (ConsumerRecord<byte[], byte[]> record : shop.kafka.read(shop.snapshots)) {
            Outgoing part =
                    SnapshotChunks.read("shop", record.key(), record.value()).orElseThrow();
            all.records
                    .computeIfAbsent(version(part), version -> new ArrayList<>())
                    .add(record);
            if (assembler.add(part) instanceof Complete complete) {
                all.snapshots.put(version(part), complete.snapshot());
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

    /** Writes one with a weight that is no number, and checksums that are right. */
    void publishSpoiled(long version, Shop to) throws Exception {
        publishWith(version, to, Float.NaN, 1);
    }

    /** Writes one whose weights are so large, some above and some below 0, that sums of what is computed with them are no numbers. */
    void publishFarOut(long version, Shop to) throws Exception {
        publishWith(version, to, Float.MAX_VALUE, Integer.MAX_VALUE);
    }

    /** Writes one of which the first numbers of every weight are a value, or minus it. */
    private void publishWith(long version, Shop to, float value, long numbers) throws Exception {
        Snapshot whole = snapshots.get(version);
        byte[] bytes = whole.bytes().clone();
        ByteBuffer data = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        Safetensors file = Safetensors.read(bytes);
        int at = Long.BYTES + (int) data.getLong(0);
        for (Tensor tensor : file.tensors()) {
            if (tensor.name().endsWith(".weight")) {
                for (int i = 0; i < Math.min(numbers, tensor.size()); i++) {
                    data.putFloat(at + i * Float.BYTES, i % 3 == 0 ? -value : value);
                }
            }
            at += tensor.size() * tensor.type().bytes();
        }
        String before = file.metadata().get("gradstream.sha256");
        data.position(new String(bytes, StandardCharsets.ISO_8859_1).indexOf(before));
        data.put(file.dataSha256().getBytes(StandardCharsets.US_ASCII));
        SnapshotManifest said = whole.manifest();
        OutgoingEncoder encoder = new OutgoingEncoder();
        to.kafka.write(SnapshotChunks.split(
                        said.model(),
                        said.lineage(),
                        said.version(),
                        said.specHash(),
                        said.createdEventTime(),
                        said.about(),
                        bytes)
                .stream()
                .map(part -> new ProducerRecord<>(to.snapshots, 0, key(part), encoder.encode(part)))
                .toList());
    }

    private static byte[] key(Outgoing part) {
        return part instanceof SnapshotManifest manifest
                ? SnapshotChunks.key(manifest)
                : SnapshotChunks.key((SnapshotChunk) part);
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
