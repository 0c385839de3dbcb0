package io.gradstream.pipeline.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.runtime.execution.CancelTaskException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WakeHeapTest {
    private static final int IDS = 3_000;
    private static final int SPREAD = 700;

    private final List<Woken> woken = new ArrayList<>();
    private final List<Woken> asked = new ArrayList<>();
    private final Random random = new Random(7);
    private int cancelledAfter = Integer.MAX_VALUE;
    private WakeHeap heap;

    private record Woken(String id, long time) {}

    /** One in three asks for another wake when it is woken: later, or at once. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void wakesInTheOrderOfTimes(int again) throws Exception {
        heap = new WakeHeap(
                (id, time) -> {
                    woken.add(new Woken(id, time));
                    if (again > 0 && random.nextInt(3) == 0) {
                        ask(id + "'", time + random.nextInt(again * SPREAD));
                    }
                },
                () -> woken.size() >= cancelledAfter);
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

    @Test
    void wakesNobodyWhenItIsCancelled() {
        cancelledAfter = 2;
        heap = new WakeHeap((id, time) -> woken.add(new Woken(id, time)), () -> woken.size() >= cancelledAfter);
        for (int i = 0; i < 5; i++) {
            heap.at("v" + i, i);
        }
        assertThatThrownBy(() -> heap.advance(4)).isInstanceOf(CancelTaskException.class);
        assertThat(woken).extracting(Woken::id).containsExactly("v0", "v1");
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
