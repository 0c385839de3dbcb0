package io.gradstream.benchmarks.peers;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;

/**
 * Two ways to the same result, timed in turn on one thread by its CPU time, so that noise from outside meets both alike.
 *
 * @param name of the case
 * @param work of one call: floating point operations, examples or elements
 * @param ours one call of the model core
 * @param peer one call of the other library
 */
record Duel(String name, double work, Runnable ours, Runnable peer) {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final double FASTER = 0.9;
    private static final int MOST_WARM_UPS = 10;
    private static final long SLICE = 8_000_000;
    private static final int MOST_CALLS = 1 << 22;

    /** Medians of both sides over {@code turns}, after a warm-up of {@code warmUp} nanoseconds each. */
    Score run(int turns, long warmUp) {
        int ourCalls = calls(ours, warmUp);
        int peerCalls = calls(peer, warmUp);
        double[] our = new double[turns];
        double[] other = new double[turns];
        for (int turn = 0; turn < turns; turn++) {
            our[turn] = time(ours, ourCalls);
            other[turn] = time(peer, peerCalls);
        }
        return new Score(name, work, median(our), median(other));
    }

    /** Warms up until a call has not become much faster for as long as {@code warmUp}, and finds how many calls fill a slice. */
    private static int calls(Runnable side, long warmUp) {
        long start = System.nanoTime();
        long best = start;
        double once = time(side, 1);
        while (System.nanoTime() - best < warmUp && System.nanoTime() - start < MOST_WARM_UPS * warmUp) {
            int few = (int) Math.max(1, Math.min(MOST_CALLS, SLICE / 8 / Math.max(1, once)));
            double now = time(side, few);
            if (now < once * FASTER) {
                best = System.nanoTime();
            }
            once = Math.min(once, now);
        }
        return (int) Math.max(1, Math.min(MOST_CALLS, SLICE / Math.max(1, once)));
    }

    /** Nanoseconds of this thread's CPU for one call. */
    private static double time(Runnable side, int calls) {
        long start = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < calls; i++) {
            side.run();
        }
        return (THREADS.getCurrentThreadCpuTime() - start) / (double) calls;
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
