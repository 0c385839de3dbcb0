package io.gradstream.benchmarks.peers;

import java.util.Locale;

/**
 * What a duel gave in one JVM.
 *
 * @param name of the case
 * @param work of one call
 * @param ours nanoseconds of one call of the model core
 * @param peer nanoseconds of one call of the other library
 */
record Score(String name, double work, double ours, double peer) {
    private static final String MARK = "SCORE";

    /** How many times as fast as the other library. */
    double ratio() {
        return peer / ours;
    }

    String line() {
        return String.format(Locale.ROOT, "%s\t%s\t%s\t%s\t%s", MARK, name, work, ours, peer);
    }

    /** The score in a line of a process's output, or null. */
    static Score ofLine(String line) {
        String[] words = line.split("\t", -1);
        if (words.length != 5 || !words[0].equals(MARK)) {
            return null;
        }
        return new Score(
                words[1], Double.parseDouble(words[2]), Double.parseDouble(words[3]), Double.parseDouble(words[4]));
    }
}
