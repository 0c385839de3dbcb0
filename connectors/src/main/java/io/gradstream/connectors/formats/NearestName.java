package io.gradstream.connectors.formats;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Helps someone who has mistyped a name. */
final class NearestName {

    private static final int LISTED = 20;

    private NearestName() {}

    /**
     * "; did you mean 'distance'? It has: …", or ". It has: …" when no name is near. Names that are empty can be meant by nobody.
     */
    static String hint(String name, Collection<String> all) {
        List<String> names = all.stream().filter(each -> !each.isEmpty()).toList();
        String nearest = null;
        int fewest = Math.max(2, name.length() / 3) + 1;
        for (String candidate : names) {
            int edits = isPartOf(name, candidate) ? 1 : edits(name, candidate);
            if (edits < fewest) {
                fewest = edits;
                nearest = candidate;
            }
        }
        String listed = names.stream().limit(LISTED).map(Excerpt::name).collect(Collectors.joining(", "));
        return (nearest == null ? "." : "; did you mean '" + Excerpt.name(nearest) + "'?")
                + (names.isEmpty() ? "" : " It has: " + listed + (names.size() > LISTED ? ", …" : ""));
    }

    private static boolean isPartOf(String name, String candidate) {
        int shorter = Math.min(name.length(), candidate.length());
        return shorter > 2 && name.regionMatches(true, 0, candidate, 0, shorter);
    }

    /** Levenshtein's distance, not minding case. */
    private static int edits(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                boolean same = Character.toLowerCase(from.charAt(i - 1)) == Character.toLowerCase(to.charAt(j - 1));
                int edits = Math.min(diagonal + (same ? 0 : 1), 1 + Math.min(row[j], row[j - 1]));
                diagonal = row[j];
                row[j] = edits;
            }
        }
        return row[to.length()];
    }
}
