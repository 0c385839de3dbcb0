package io.gradstream.model.statistics;

/** Sums over counts, in plain loops: they run when a window closes, where nothing may be allocated. */
final class Counts {
    private Counts() {}

    static long sum(long[] counts) {
        long sum = 0;
        for (long each : counts) {
            sum += each;
        }
        return sum;
    }
}
