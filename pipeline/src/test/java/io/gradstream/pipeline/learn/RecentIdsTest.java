package io.gradstream.pipeline.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.pipeline.learn.RecentIds.Before;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecentIdsTest {

    @ParameterizedTest(name = "capacity {0}")
    @ValueSource(ints = {1, 2, 3, 63, 64, 65, 1000})
    void rememberTheLastOnes(int capacity) throws Exception {
        SplittableRandom random = new SplittableRandom(capacity);
        Map<String, Boolean> expected = new LinkedHashMap<>();
        RecentIds ids = new RecentIds(capacity);
        for (int i = 0; i < 20_000; i++) {
            String id = "id-" + random.nextInt(3 * capacity);
            boolean labelled = random.nextInt(3) > 0;
            Boolean known = expected.get(id);
            Before before = known == null ? Before.NEVER : known ? Before.LABELLED : Before.UNLABELLED;
            assertThat(ids.see(id, labelled)).as("%s at %d", id, i).isEqualTo(before);
            expected.merge(id, labelled, Boolean::logicalOr);
            forgetAllBut(capacity, expected);
            if (i % 997 == 0) {
                RecentIds restored = new RecentIds(capacity);
                restored.restore(ids.state());
                assertThat(restored.state()).isEqualTo(ids.state());
                ids = restored;
            }
        }
    }

    @Test
    void aSmallerMemoryTakesOverTheNewest() throws Exception {
        RecentIds ids = new RecentIds(100);
        for (int i = 0; i < 100; i++) {
            ids.see("id-" + i, true);
        }
        RecentIds fewer = new RecentIds(10);
        fewer.restore(ids.state());
        for (int i = 99; i >= 90; i--) {
            assertThat(fewer.see("id-" + i, false)).isEqualTo(Before.LABELLED);
        }
        assertThat(fewer.see("id-89", false)).isEqualTo(Before.NEVER);
        RecentIds none = new RecentIds(0);
        none.restore(ids.state());
        assertThat(none.see("id-99", true)).isEqualTo(Before.NEVER);
        assertThat(none.see("id-99", true)).isEqualTo(Before.NEVER);
    }

    /** Numbers, the same with another end, and anagrams: a million ids, none taken for another. */
    @Test
    void idsThatLookAlikeAreToldApart() {
        RecentIds ids = new RecentIds(1_000_000);
        for (int i = 0; i < 250_000; i++) {
            String number = Integer.toString(1_000_000 + i);
            for (String id : new String[] {
                number, number + "-a", new StringBuilder(number).reverse() + "-b", "\u4e00" + number + "\u0000"
            }) {
                assertThat(ids.see(id, false)).as(id).isEqualTo(Before.NEVER);
            }
        }
    }

    @Test
    void stateThatIsCutIsRefused() {
        RecentIds ids = new RecentIds(10);
        assertThatThrownBy(() -> ids.restore(new byte[9]))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("cut short");
    }

    private static void forgetAllBut(int capacity, Map<String, Boolean> ids) {
        Iterator<String> oldest = ids.keySet().iterator();
        while (ids.size() > capacity) {
            oldest.next();
            oldest.remove();
        }
    }
}
