package io.gradstream.pipeline.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.pipeline.examples.Example;
import io.gradstream.pipeline.examples.Incoming;
import io.gradstream.pipeline.examples.Label;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

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
