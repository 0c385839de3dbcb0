package io.gradstream.pipeline.jobs;

import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.learn.LearnCount;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Sales of a {@link Shop} that come twice, too late, unreadable, without a view or not at all, among others that come as they should. */
final class Mishaps {
    /** Each kind comes once in so many views, or in twice as many. */
    private static final int TURN = 10;

    private static final int NEVER = 3;
    private static final int TWICE = 5;
    private static final int LATE = 7;
    private static final int UNREADABLE = 9;
    private static final int UNKNOWN = 19;

    /** Views until a sale is said once more, which is while its id is remembered. */
    private static final int AGAIN_AFTER = 100;

    /** Views until a late sale is said: half a second after the wait of five. */
    private static final int LATE_AFTER = 400;

    private Mishaps() {}

    /** Learns in event-time order, and what nobody says within five seconds as no sale. */
    static Pipeline pipeline(Shop shop, String more) throws IOException {
        return shop.load("""
                order: event-time
                input: {topic: %s, format: json, id: id, time: time, start-offsets: earliest}
                features:
                  - numeric: [price, visits]
                  - {categorical: country, buckets: 64}
                label: {topic: %s, field: sold, id: id, time: time, wait: 5s, default: 0, out-of-orderness: %s}
                %s
                """.formatted(shop.views, shop.sales, Shop.DISORDER, more));
    }

    /** Writes views and what is said of sales meanwhile. */
    static void write(Shop shop, int from, int to) {
        shop.write(shop.views, 0, IntStream.range(from, to).mapToObj(Shop::view).toList());
        sales(shop, from, to);
    }

    /** Writes what is said of sales while these views come. */
    static void sales(Shop shop, int from, int to) {
        List<String> sales = new ArrayList<>();
        IntStream.range(from, to).forEach(i -> add(sales, i));
        shop.write(shop.sales, 0, sales);
    }

    private static void add(List<String> sales, int i) {
        if (i % TURN != NEVER && i % TURN != LATE) {
            sales.add(Shop.sale(i));
        }
        if (i % TURN == TWICE && i >= AGAIN_AFTER) {
            sales.add(Shop.sale("v" + (i - AGAIN_AFTER), Shop.soldAt(i), 1 - Shop.sold(i - AGAIN_AFTER)));
        }
        if (i % TURN == LATE && i >= LATE_AFTER) {
            sales.add(Shop.sale("v" + (i - LATE_AFTER), Shop.time(i) + 1500, 1));
        }
        if (i % (2 * TURN) == UNREADABLE) {
            sales.add(Shop.sale("v" + i, Shop.soldAt(i), "\"perhaps\""));
        }
        if (i % (2 * TURN) == UNKNOWN) {
            sales.add(Shop.sale("x" + i, Shop.soldAt(i), 1));
        }
    }

    /** What a job counts that has taken all of so many views, and all that is said of them. */
    static Map<LearnCount, Long> counts(int views) {
        long learned = views - 2L * views / TURN;
        long twice = (views - AGAIN_AFTER) / TURN;
        long late = (views - LATE_AFTER) / TURN;
        long unreadable = views / (2 * TURN);
        long unknown = views / (2 * TURN);
        Map<LearnCount, Long> counts = new EnumMap<>(LearnCount.class);
        counts.put(LearnCount.EVENTS, (long) views);
        counts.put(LearnCount.PREDICTIONS, (long) views);
        counts.put(LearnCount.DEAD_EVENTS, 0L);
        counts.put(LearnCount.DUPLICATE_EVENTS, 0L);
        counts.put(LearnCount.LABELS, learned + twice + late + unreadable + unknown);
        counts.put(LearnCount.LEARNED, learned);
        counts.put(LearnCount.DUPLICATE_LABELS, twice);
        counts.put(LearnCount.LATE_LABELS, late);
        counts.put(LearnCount.UNMATCHED_LABELS, unknown);
        counts.put(LearnCount.DEAD_LABELS, unreadable);
        counts.put(LearnCount.DEFAULTED, views - learned);
        counts.put(LearnCount.EXPIRED, 0L);
        counts.put(LearnCount.NOT_KEPT, 0L);
        counts.put(LearnCount.OUT_OF_ORDER, 0L);
        return counts;
    }
}
