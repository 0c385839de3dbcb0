package io.gradstream.pipeline.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.pipeline.examples.Example;
import io.gradstream.pipeline.examples.Incoming;
import io.gradstream.pipeline.examples.Label;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeldRowsTest {

    @Test
    void sortsByTimeThenLabelsFirstThenOrigin() {
        List<Incoming> sorted = List.of(
                label(1, 2, 0, 5),
                example(1, 0, 0, 0),
                example(1, 0, 0, 1),
                example(1, 0, 1, 0),
                example(1, 1, 0, 0),
                label(2, 1, 0, 9),
                label(2, 1, 1, 3),
                example(2, 0, 0, 2));
        for (int seed = 0; seed < 50; seed++) {
            List<Incoming> shuffled = new ArrayList<>(sorted);
            Collections.shuffle(shuffled, new Random(seed));
            HeldRows held = new HeldRows();
            shuffled.forEach(held::add);
            List<Incoming> out = new ArrayList<>();
            while (held.firstTime() < Long.MAX_VALUE) {
                out.add(held.poll());
            }
            assertThat(out).isEqualTo(sorted);
            assertThat(held.poll()).isNull();
        }
    }

    /** Partitions that bring their rows in order, others that do not, and rows taken in between. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 50})
    void givesTheSmallestOfWhatItHolds(int disorder) {
        Random random = new Random(disorder);
        PriorityQueue<Incoming> expected = new PriorityQueue<>(Comparator.comparingLong(HeldRows::time)
                .thenComparing(row -> row instanceof Example)
                .thenComparing(HeldRowsTest::topic)
                .thenComparing(HeldRowsTest::offset));
        HeldRows held = new HeldRows();
        for (int i = 0; i < 5000; i++) {
            long time = i / 7 + random.nextInt(disorder + 1);
            Incoming row = random.nextBoolean() ? example(time, i % 3, 0, i) : label(time, 3 + i % 2, 1, i);
            held.add(row);
            expected.add(row);
            while (random.nextInt(3) == 0 && !expected.isEmpty()) {
                take(held, expected);
            }
        }
        assertThat(held.all()).containsExactlyInAnyOrderElementsOf(expected);
        while (!expected.isEmpty()) {
            take(held, expected);
        }
        assertThat(held.poll()).isNull();
    }

    private static int topic(Incoming row) {
        return row instanceof Example example ? example.topic : ((Label) row).topic;
    }

    private static long offset(Incoming row) {
        return row instanceof Example example ? example.offset : ((Label) row).offset;
    }

    private static void take(HeldRows held, PriorityQueue<Incoming> expected) {
        assertThat(held.size()).isEqualTo(expected.size());
        assertThat(held.firstTime()).isEqualTo(HeldRows.time(expected.peek()));
        assertThat(held.poll()).isSameAs(expected.poll());
    }

    private static Example example(long time, int topic, int partition, long offset) {
        Example example = new Example();
        example.time = time;
        example.topic = topic;
        example.partition = partition;
        example.offset = offset;
        return example;
    }

    private static Label label(long time, int topic, int partition, long offset) {
        Label label = new Label();
        label.time = time;
        label.topic = topic;
        label.partition = partition;
        label.offset = offset;
        return label;
    }
}
