package io.gradstream.pipeline.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.pipeline.learn.Entry.Kind;
import org.junit.jupiter.api.Test;

/** A join that waits without end keeps what waits, and the last ids. */
class BriefEntriesTest {

    private final MapStore map = new MapStore(1);
    private final BriefEntries entries = new BriefEntries(map, new RecentIds(2));

    @Test
    void anEntryGoesWhenItsLabelIsLearned() throws Exception {
        for (int i = 0; i < 1000; i++) {
            entries.use("id" + i);
            assertThat(entries.get()).isNull();
            entries.put(Entry.early(Specs.label("id" + i, 10, i, 1)));
            entries.wakeAt(Long.MAX_VALUE / 4);
            assertThat(Entry.kind(entries.get())).isEqualTo(Kind.EARLY);
            entries.put(Entry.tombstone(Kind.LEARNED, Long.MAX_VALUE / 4));
            assertThat(map.size()).isZero();
        }
        assertThat(map.timers()).isZero();
        entries.use("id999");
        assertThat(Entry.kind(entries.get())).isEqualTo(Kind.LEARNED);
        entries.use("id997");
        assertThat(entries.get()).as("forgotten").isNull();
    }
}
