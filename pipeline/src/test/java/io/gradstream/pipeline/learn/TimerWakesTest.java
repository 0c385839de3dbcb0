package io.gradstream.pipeline.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class TimerWakesTest {
    private static final int IDS = 1000;

    @Test
    void wakesWhatIsDue() throws Exception {
        Waking operator = new Waking();
        try (KeyedOneInputStreamOperatorTestHarness<String, String, String> harness = harness(operator)) {
            operator.wakes.advance(IDS / 2 - 1);
            assertThat(operator.woken).hasSize(IDS / 2).startsWith("v0", "v1", "v2");
            assertThat(harness.numEventTimeTimers()).isEqualTo(IDS / 2);
        }
    }

    @Test
    void forgetsThoseOfAllIds() throws Exception {
        Waking operator = new Waking();
        try (KeyedOneInputStreamOperatorTestHarness<String, String, String> harness = harness(operator)) {
            operator.wakes.clear();
            assertThat(harness.numEventTimeTimers()).isZero();
            assertThat(operator.woken).isEmpty();
        }
    }

    /** With a timer for each id, at the time of its number. */
    private static KeyedOneInputStreamOperatorTestHarness<String, String, String> harness(Waking operator)
            throws Exception {
        KeyedOneInputStreamOperatorTestHarness<String, String, String> harness =
                new KeyedOneInputStreamOperatorTestHarness<>(operator, id -> id, Types.STRING);
        harness.open();
        for (int i = 0; i < IDS; i++) {
            harness.processElement("v" + i, i);
        }
        return harness;
    }

    /** Asks to be woken for each element, which is an id, at its time. */
    private static final class Waking extends AbstractStreamOperator<String>
            implements OneInputStreamOperator<String, String> {
        private static final long serialVersionUID = 1;

        private final transient List<String> woken = new ArrayList<>();
        private transient TimerWakes wakes;

        @Override
        public void open() throws Exception {
            super.open();
            wakes = new TimerWakes((id, time) -> woken.add(id), timeServiceManager, getContainingTask()::isCanceled);
            wakes.use(getInternalTimerService(TimerWakes.NAME, VoidNamespaceSerializer.INSTANCE, wakes));
        }

        @Override
        public void processElement(StreamRecord<String> element) {
            wakes.at(element.getValue(), element.getTimestamp());
        }
    }
}
