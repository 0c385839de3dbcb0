package io.gradstream.model.spec;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that was probably meant. */
final class Nearest {
    private static final int LONGEST = 64;

    private Nearest() {}

    /** The closest of the known names, if it is close: up to a third of the name's letters differ, at least one, at most three. */
    static Optional<String> of(String wrong, Collection<String> known) {
        if (wrong.length() > LONGEST) {
            return Optional.empty();
        }
        String plain = plain(wrong);
        String best = null;
        int bestDistance = Math.min(3, Math.max(1, plain.length() / 3)) + 1;
        for (String name : known) {
            int distance = distance(plain, plain(name));
            if (distance < bestDistance) {
                best = name;
                bestDistance = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    /** batchSize, batch_size and Batch-Size are all meant as batch-size. */
    private static String plain(String name) {
        return Names.kebab(name).replace('_', '-').replace(' ', '-').toLowerCase(Locale.ROOT);
    }

    /**
     * Letters to insert, delete, replace or swap with their neighbour to get from one to the other: Damerau (1964) and Levenshtein (1966),
     * in the restricted form that touches no letter twice.
     */
    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(replaced, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
