package io.gradstream.benchmarks.endtoend;

import java.util.Locale;

/**
 * What one process measured.
 *
 * @param recordsPerSecond input records for each second from the first record that left to the last
 * @param cpuSecondsPerMillion CPU time of the process for a million input records, all threads, compiler and collector included
 */
record Measurement(double recordsPerSecond, double cpuSecondsPerMillion) {
    private static final String MARK = "MEASURED";

    static Measurement of(long records, long wallNanos, long cpuNanos) {
        return new Measurement(records * 1e9 / wallNanos, cpuNanos / 1e3 / records);
    }

    String line() {
        return String.format(Locale.ROOT, "%s %.3f %.6f", MARK, recordsPerSecond, cpuSecondsPerMillion);
    }

    /** The measurement in a line of a process's output, or null. */
    static Measurement ofLine(String line) {
        String[] words = line.split(" ", -1);
        if (words.length != 3 || !words[0].equals(MARK)) {
            return null;
        }
        return new Measurement(Double.parseDouble(words[1]), Double.parseDouble(words[2]));
    }
}
