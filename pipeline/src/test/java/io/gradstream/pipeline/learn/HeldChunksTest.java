package io.gradstream.pipeline.learn;

import static io.gradstream.pipeline.learn.ShopViews.time;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.config.PipelineFile;
import io.gradstream.pipeline.examples.Example;
import io.gradstream.pipeline.examples.Incoming;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Held rows go into a checkpoint in pieces, and come back whole or not at all. */
class HeldChunksTest {
    private static final Path OLDER = Path.of("src/test/resources/checkpoints/held-in-the-learners-state");
    private static final byte[] NO_SEAL = new byte[0];

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0} rows in chunks of {1} bytes")
    @CsvSource({"0, 100, 0", "1, 100, 1", "100, 1, 100", "100, 1000, 5", "100, 1000000, 1"})
    void rowsComeBack(int rows, int size, int chunks) throws Exception {
        HeldChunks held = HeldChunks.of(rows(0, rows), size);
        assertThat(held.chunks().stream().map(chunk -> chunk.length))
                .hasSize(chunks)
                .allMatch(length -> length < size + 100);
        List<byte[]> shuffled = new ArrayList<>(held.chunks());
        Collections.shuffle(shuffled, new Random(1));
        assertThat(read(shuffled, held.seal())).isEqualTo(ids(rows(0, rows)));
    }

    @Test
    void everyDamageIsRefused() throws Exception {
        HeldChunks held = HeldChunks.of(rows(0, 20), 300);
        HeldChunks other = HeldChunks.of(rows(50, 70), 300);
        List<byte[]> chunks = held.chunks();
        assertThat(chunks).hasSizeGreaterThan(2);
        for (int i = 0; i < chunks.size(); i++) {
            List<byte[]> without = new ArrayList<>(chunks);
            without.remove(i);
            refused(without, held.seal());
            List<byte[]> twice = new ArrayList<>(chunks);
            twice.add(chunks.get(i));
            refused(twice, held.seal());
            List<byte[]> mixed = new ArrayList<>(chunks);
            mixed.set(i, other.chunks().get(i));
            refused(mixed, held.seal());
        }
        byte[] chunk = chunks.get(1);
        for (int bit = 0; bit < chunk.length * 8; bit++) {
            List<byte[]> flipped = new ArrayList<>(chunks);
            flipped.set(1, chunk.clone());
            flipped.get(1)[bit / 8] ^= (byte) (1 << (bit % 8));
            refused(flipped, held.seal());
        }
        refused(List.of(), held.seal());
        refused(chunks, NO_SEAL);
        assertThat(read(List.of(), NO_SEAL)).isEmpty();
    }

    /** Written before rows had a state of their own: v1 to v3 are learned, v5 to v7 wait, the last two came in the other order. */
    @Test
    void aCheckpointWithTheRowsInTheLearnersStateIsRead() throws Exception {
        Pipeline pipeline = shop();
        try (OperatorRun run = new OperatorRun(pipeline, OperatorSnapshotUtil.readStateHandle(OLDER.toString()))) {
            assertThat(run.counters()).containsEntry("events", 3L);
            assertThat(run.gauge(LearnGauge.HELD_ROWS)).isEqualTo(3);
            try (OperatorRun again = run.restored(pipeline)) {
                assertThat(again.gauge(LearnGauge.HELD_ROWS)).isEqualTo(3);
                again.watermark(time(10));
                assertThat(again.out())
                        .containsExactly(
                                "v5 v0 age -1 0.5 false",
                                "v6 v1 age 1000 0.5124974 false",
                                "v7 v1 age 2000 0.5124974 false");
                assertThat(again.weights())
                        .isEqualTo("c11d4120520749c2520fb2c7688e1f9938305fbb5d932f08632a22ed48e855bc");
            }
        }
    }

    private Pipeline shop() throws Exception {
        Path file = Files.writeString(folder.resolve("p.yaml"), """
                name: shop
                warm-up: 0s
                order: event-time
                input: {topic: views, format: json, id: id, time: time}
                features: [{numeric: [price, visits]}]
                label: {field: sold}
                task: binary
                optimizer: {type: sgd, learning-rate: 0.1}
                batch-size: 4
                output: {predictions: p, dead-letters: d}
                """);
        return PipelineFile.loadWithoutKafka(file).pipeline();
    }

    private static void refused(List<byte[]> chunks, byte[] seal) {
        assertThatThrownBy(() -> read(chunks, seal))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("the checkpoint's held rows");
    }

    private static List<String> read(List<byte[]> chunks, byte[] seal) throws StateException {
        List<Incoming> rows = new ArrayList<>();
        HeldChunks.read(chunks, seal, rows::add);
        return ids(rows);
    }

    private static List<Incoming> rows(int from, int until) {
        List<Incoming> rows = new ArrayList<>();
        for (int i = from; i < until; i++) {
            rows.add(i % 3 == 0 ? Specs.label("l" + i, i, i, 1) : Specs.event("e" + i, i, i));
        }
        return rows;
    }

    private static List<String> ids(List<Incoming> rows) {
        return rows.stream()
                .map(row -> row instanceof Example example ? row.id() + example.numbers[1] : row.id())
                .toList();
    }
}
