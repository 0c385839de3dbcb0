package io.gradstream.pipeline.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.pipeline.learn.Entry.Kind;
import io.gradstream.pipeline.learn.MicroBatch.Then;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** What the join keeps for an id is read as it was written, in each version of its format. */
class EntryTest {
    private static final int OUTPUTS = 40_000;

    @Test
    void keepsTheScoresOfMoreClassesThanAShortCounts() throws Exception {
        MicroBatch rows = new MicroBatch(Specs.small(1).layout(), OUTPUTS, 1);
        rows.add(Specs.event("a", 5, 7), Then.KEEP, false, 0.25f, 0.5f);
        for (int i = 0; i < OUTPUTS; i++) {
            rows.scores()[i] = i;
        }
        Entry entry = new Entry();
        entry.readPending(Entry.pending(rows, 0, 3));
        assertThat(entry.scores).hasSize(OUTPUTS).containsExactly(rows.scores());
        assertThat(entry.numbers).containsExactly(Specs.event("a", 5, 7).numbers);
        assertThat(entry.version).isEqualTo(3);
    }

    @Test
    void readsWhatVersion1Wrote() throws Exception {
        ByteBuffer old = ByteBuffer.allocate(56 + 4 * 5).order(ByteOrder.LITTLE_ENDIAN);
        old.put((byte) Kind.PENDING.ordinal())
                .put((byte) 1)
                .putLong(11)
                .putInt(1)
                .putInt(2)
                .putLong(33);
        old.putLong(44)
                .putFloat(0.25f)
                .putFloat(0.5f)
                .putFloat(2)
                .putShort((short) 2)
                .putInt(2)
                .putInt(1);
        old.putFloat(0.75f).putFloat(-1).putFloat(3).putFloat(4).putInt(5);
        Entry entry = new Entry();
        assertThat(Entry.kind(old.array())).isEqualTo(Kind.PENDING);
        entry.readPending(old.array());
        assertThat(entry.time).isEqualTo(11);
        assertThat(entry.topic).isEqualTo(1);
        assertThat(entry.partition).isEqualTo(2);
        assertThat(entry.offset).isEqualTo(33);
        assertThat(entry.version).isEqualTo(44);
        assertThat(entry.weight).isEqualTo(2);
        assertThat(entry.scores).containsExactly(0.75f, -1);
        assertThat(entry.numbers).containsExactly(3, 4);
        assertThat(entry.ids).containsExactly(5);
        byte[] tombstone = Entry.tombstone(Kind.LEARNED, 9);
        tombstone[1] = 1;
        assertThat(Entry.kind(tombstone)).isEqualTo(Kind.LEARNED);
    }
}
