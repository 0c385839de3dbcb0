package io.gradstream.connectors.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.connectors.records.SnapshotAssembler.Complete;
import io.gradstream.connectors.records.SnapshotAssembler.Floor;
import io.gradstream.connectors.records.SnapshotAssembler.Nothing;
import io.gradstream.connectors.records.SnapshotAssembler.Refused;
import io.gradstream.connectors.records.SnapshotAssembler.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotAssemblerTest {
    private static final int THREE_CHUNKS = 2 * SnapshotChunks.MAX_BYTES + 17;

    private final SnapshotAssembler assembler = new SnapshotAssembler("delays");

    @ParameterizedTest
    @ValueSource(
            ints = {
                1,
                SnapshotChunks.MAX_BYTES - 1,
                SnapshotChunks.MAX_BYTES,
                SnapshotChunks.MAX_BYTES + 1,
                THREE_CHUNKS
            })
    void whatIsSplitIsPutTogether(int length) {
        List<Outgoing> records = split(1, length);
        assertThat(records).hasSize((length - 1) / SnapshotChunks.MAX_BYTES + 2);
        Complete complete = (Complete) last(records);
        assertThat(complete.snapshot().bytes()).isEqualTo(content(1, length));
        assertThat(complete.snapshot().manifest().about()).containsEntry("schema", "flights");
        assertThat(assembler.caughtUp()).isEmpty();
        assertThat(assembler.skipped()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void aDroppedChunkIsRefusedAtTheEndOfTheTopic(int dropped) {
        take(1);
        List<Outgoing> records = split(2, THREE_CHUNKS);
        records.remove(dropped);
        assertThat(last(records)).isInstanceOf(Nothing.class);
        if (dropped == 3) {
            assertThat(assembler.caughtUp())
                    .as("without its manifest it is not there yet")
                    .isEmpty();
        } else {
            assertThat(assembler.caughtUp().orElseThrow().problem())
                    .contains("snapshot of delays, version 2", "only 2 came");
            assertThat(assembler.caughtUp()).as("told once").isEmpty();
        }
        take(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aDoubledChunkIsRefused(int doubled) {
        take(1);
        List<Outgoing> records = split(2, THREE_CHUNKS);
        records.add(doubled, records.get(doubled));
        assertThat(last(records))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.problem())
                                .contains("chunk " + doubled + " came after chunk " + doubled));
        take(3);
    }

    @Test
    void swappedChunksAreRefused() {
        take(1);
        List<Outgoing> records = split(2, THREE_CHUNKS);
        records.add(1, records.remove(2));
        assertThat(last(records))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.problem()).contains("chunk 1 came after chunk 2"));
        take(3);
    }

    /** Each chunk is as it was written, but two have each other's place. */
    @Test
    void chunksWithSwappedContentAreRefused() {
        List<Outgoing> records = split(2, THREE_CHUNKS);
        SnapshotChunk one = (SnapshotChunk) records.get(0);
        SnapshotChunk two = (SnapshotChunk) records.get(1);
        records.set(0, new SnapshotChunk("delays", "L", 2, 0, 3, two.sha256(), two.bytes()));
        records.set(1, new SnapshotChunk("delays", "L", 2, 1, 3, one.sha256(), one.bytes()));
        assertThat(last(records))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.problem()).contains("do not add up"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aFlippedBitIsRefused(int flipped) {
        List<Outgoing> records = split(2, THREE_CHUNKS);
        SnapshotChunk chunk = (SnapshotChunk) records.get(flipped);
        byte[] bytes = chunk.bytes().clone();
        bytes[bytes.length / 2] ^= 4;
        records.set(flipped, new SnapshotChunk("delays", "L", 2, flipped, 3, chunk.sha256(), bytes));
        assertThat(last(records))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.problem())
                                .contains("chunk " + flipped + " is not what its SHA-256 says"));
    }

    @Test
    void aManifestOfAnotherContentIsRefused() {
        List<Outgoing> records = split(2, THREE_CHUNKS);
        SnapshotManifest good = (SnapshotManifest) records.get(3);
        records.set(3, manifest(good, good.length() + 1, good.sha256()));
        assertThat(last(records)).isInstanceOf(Refused.class);
        List<Outgoing> again = split(3, THREE_CHUNKS);
        SnapshotManifest other = (SnapshotManifest) again.get(3);
        again.set(3, manifest(other, other.length(), "0".repeat(64)));
        assertThat(last(again)).isInstanceOf(Refused.class);
    }

    @Test
    void anImpossibleChunkIsRefused() {
        for (SnapshotChunk chunk : List.of(
                new SnapshotChunk("delays", "L", 1, 0, 0, "", new byte[1]),
                new SnapshotChunk("delays", "L", 1, 3, 3, "", new byte[1]),
                new SnapshotChunk("delays", "L", 1, -1, 3, "", new byte[1]),
                new SnapshotChunk("delays", "L", 1, 0, 1, "", new byte[SnapshotChunks.MAX_BYTES + 1]))) {
            assertThat(assembler.add(chunk)).isInstanceOf(Refused.class);
        }
        take(2);
    }

    @Test
    void anOlderVersionOfTheSameLineageIsRefusedAndOneOfAnotherIsTaken() {
        take(5);
        assertThat(last(split(4, 10)))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.problem())
                                .contains("version 4", "version 5 of the same lineage came before"));
        assertThat(last(SnapshotChunks.split("delays", "other", 1, "h", 0, Map.of(), new byte[3])))
                .isInstanceOf(Complete.class);
        assertThat(last(split(4, 10))).as("lineages are remembered").isInstanceOf(Refused.class);
        take(6);
    }

    @Test
    void theSameVersionAgainIsSkippedAndWithOtherContentRefused() {
        take(5);
        assertThat(last(split(5, 10))).isInstanceOf(Nothing.class);
        assertThat(assembler.skipped()).isEqualTo(1);
        assertThat(last(split(5, 11)))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.problem()).contains("came before with other content"));
    }

    /** Every set of records that compaction may leave of three versions: the newest comes out, the rest is passed over. */
    @Test
    void whateverCompactionLeavesOfOlderVersionsIsPassedOver() {
        for (int mask = 0; mask < 1 << 6; mask++) {
            List<Outgoing> topic = new ArrayList<>();
            List<Outgoing> old = split(1, THREE_CHUNKS);
            old.addAll(split(2, SnapshotChunks.MAX_BYTES + 1));
            for (int i = 0, bit = 0; i < old.size(); i++) {
                boolean onlyCopy = i == 2;
                if (onlyCopy || (mask & 1 << bit++) != 0) {
                    topic.add(old.get(i));
                }
            }
            topic.addAll(split(3, SnapshotChunks.MAX_BYTES + 9));
            SnapshotAssembler fresh = new SnapshotAssembler("delays");
            Result result = null;
            for (Outgoing record : topic) {
                result = fresh.add(record);
                assertThat(result).isNotInstanceOf(Refused.class);
            }
            assertThat(result)
                    .isInstanceOfSatisfying(
                            Complete.class,
                            complete -> assertThat(
                                            complete.snapshot().manifest().version())
                                    .isEqualTo(3));
            assertThat(fresh.caughtUp()).isEmpty();
        }
    }

    @Test
    void aWriterThatBeganAnewWithoutTransactionsIsUnderstood() {
        List<Outgoing> records = new ArrayList<>(split(1, THREE_CHUNKS).subList(0, 2));
        records.addAll(split(1, THREE_CHUNKS));
        assertThat(last(records)).isInstanceOf(Complete.class);
        assertThat(assembler.skipped()).isEqualTo(1);
    }

    @Test
    void otherModelsAndOtherRecordsChangeNothing() {
        List<Outgoing> mixed = new ArrayList<>();
        List<Outgoing> other = SnapshotChunks.split("other", "X", 9, "h", 0, Map.of(), new byte[THREE_CHUNKS]);
        List<Outgoing> mine = split(1, THREE_CHUNKS);
        for (int i = 0; i < mine.size(); i++) {
            mixed.add(new Prediction());
            mixed.add(other.get(i));
            mixed.add(mine.get(i));
        }
        assertThat(last(mixed)).isInstanceOf(Complete.class);
    }

    @Test
    void whatIsBelowTheFloorIsPassedOverInSilence() {
        SnapshotAssembler restored = new SnapshotAssembler("delays", new Floor("L", 5));
        assertThat(addAll(restored, split(4, 10))).isInstanceOf(Nothing.class);
        assertThat(addAll(restored, split(5, 10))).isInstanceOf(Complete.class);
        assertThat(addAll(restored, split(4, 10))).isInstanceOf(Refused.class);
        assertThat(addAll(restored, SnapshotChunks.split("delays", "M", 1, "h", 0, Map.of(), new byte[3])))
                .isInstanceOf(Complete.class);
    }

    private void take(long version) {
        assertThat(last(split(version, 10))).isInstanceOf(Complete.class);
    }

    private Result last(List<Outgoing> records) {
        return addAll(assembler, records);
    }

    private static Result addAll(SnapshotAssembler assembler, List<Outgoing> records) {
        Result result = null;
        for (Outgoing record : records) {
            result = assembler.add(record);
        }
        return result;
    }

    private static List<Outgoing> split(long version, int length) {
        return new ArrayList<>(SnapshotChunks.split(
                "delays", "L", version, "hash", 7, Map.of("schema", "flights"), content(version, length)));
    }

    private static byte[] content(long version, int length) {
        byte[] bytes = new byte[length];
        new Random(version).nextBytes(bytes);
        return bytes;
    }

    private static SnapshotManifest manifest(SnapshotManifest of, long length, String sha256) {
        return new SnapshotManifest(
                of.model(),
                of.lineage(),
                of.version(),
                of.specHash(),
                of.chunks(),
                length,
                sha256,
                of.createdEventTime(),
                of.about());
    }
}
