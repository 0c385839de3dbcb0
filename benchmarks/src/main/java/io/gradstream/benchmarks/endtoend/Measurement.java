package io.gradstream.benchmarks.endtoend;

import java.util.Locale;

/**
 * What one process measured between a small and a large input, so that starting and stopping cancel out.
 *
 * @param records records that the large input has more than the small one
 * @param wallNanos time that they took
 * @param cpuNanos CPU time of the Flink process that they took, all threads, compiler and collector included
 */
record Measurement(long records, long wallNanos, long cpuNanos) {
    private static final String MARK = "MEASURED";

    double cpuSecondsPerMillion() {
        return cpuNanos / 1e3 / records;
    }

    double recordsPerSecond() {
        return records * 1e9 / wallNanos;
    }

    String line() {
        return String.format(Locale.ROOT, "%s %d %d %d", MARK, records, wallNanos, cpuNanos);
    }

    /** The measurement in a line of a process's output, or null. */
    static Measurement ofLine(String line) {
        String[] words = line.split(" ", -1);
        if (words.length != 4 || !words[0].equals(MARK)) {
            return null;
        }
        return new Measurement(Long.parseLong(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3]));
    }
}
