package io.gradstream.pipeline.learn;

import java.util.SplittableRandom;

/** Views of a shop and their sales as JSON, {@value #N} of them, for an {@link OperatorRun}. */
final class ShopViews {
    static final int N = 600;

    private ShopViews() {}

    /** A view each second, some far out of order; some labels come first, some too late, some never, some for nothing. */
    static void feed(OperatorRun run, int from, int until) throws Exception {
        boolean apart = !run.pipeline().labelInEvent();
        for (int i = from; i < until; i++) {
            if (apart && i % 17 == 0) {
                run.label(sale(i, i - 3));
            }
            run.event(view(i, i));
            int labelled = i - 20;
            if (apart && labelled >= 0 && labelled % 13 != 0) {
                run.label(sale(labelled, labelled % 11 == 0 ? labelled + 61 : i));
            }
            if (apart && i % 20 == 11) {
                run.label(sale(N + i, i - 200));
            }
            if (i % 20 == 12) {
                run.event(view(2 * N + i, i - 40));
            }
            if (!apart && i % 9 == 5) {
                run.event(view(i - (i % 2 == 0 ? 3 : 70), i));
            }
            if (i % 10 == 9) {
                run.watermark(time(i - 15));
            }
        }
    }

    static String view(int i, int second) {
        SplittableRandom random = new SplittableRandom(i);
        return "{\"id\":\"v" + i + "\",\"time\":" + time(second) + ",\"price\":" + random.nextInt(100) + ",\"visits\":"
                + random.nextInt(20) + ",\"sold\":" + sold(i) + "}";
    }

    static String sale(int i, int second) {
        return "{\"id\":\"v" + i + "\",\"time\":" + time(second) + ",\"sold\":" + sold(i) + "}";
    }

    static int sold(int i) {
        return new SplittableRandom(i).nextInt(100) < 40 + i % 20 ? 1 : 0;
    }

    static long time(int second) {
        return 1_700_000_000_000L + 1000L * second;
    }
}
