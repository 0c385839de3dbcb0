package io.gradstream.pipeline.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WakeHeapTest {
    private static final int IDS = 3_000;
    private static final int SPREAD = 700;

    private final List<Woken> woken = new ArrayList<>();
    private final List<Woken> asked = new ArrayList<>();
    private final Random random = new Random(7);
    private WakeHeap heap;

    private record Woken(String id, long time) {}

    /** One in three asks for another wake when it is woken: later, or at once. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void wakesInTheOrderOfTimes(int again) throws Exception {
        heap = new WakeHeap((id, time) -> {
            woken.add(new Woken(id, time));
            if (again > 0 && random.nextInt(3) == 0) {
                ask(id + "'", time + random.nextInt(again * SPREAD));
            }
        });
        long clock = 0;
        for (int i = 0; i < IDS; i++) {
            ask("v" + i, i + random.nextInt(SPREAD));
            if (random.nextInt(20) == 0) {
                clock = Math.max(clock, i - random.nextInt(SPREAD));
                advance(clock);
            }
        }
        advance(Long.MAX_VALUE);
        assertThat(woken).containsExactlyInAnyOrderElementsOf(asked);
        assertThat(heap.size()).isZero();
    }

    private void ask(String id, long time) {
        heap.at(id, time);
        asked.add(new Woken(id, time));
    }

    private void advance(long clock) throws StateException {
        int from = woken.size();
        heap.advance(clock);
        assertThat(woken.subList(from, woken.size()))
                .isSortedAccordingTo((a, b) -> Long.compare(a.time(), b.time()))
                .allMatch(each -> each.time() <= clock);
        assertThat(heap.size()).isEqualTo(asked.size() - woken.size());
        assertThat(asked.stream().filter(each -> each.time() <= clock).count()).isEqualTo(woken.size());
    }
}
