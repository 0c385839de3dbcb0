package io.gradstream.model.layers;

import java.util.List;

/**
 * Which ids of a row are looked up, and where their rows start in the table.
 *
 * @param width ids of a row
 * @param count how many are looked up: of a sequence, all
 * @param column of each looked up id, unless it is a sequence
 * @param firstRow of each looked up id, unless it is a sequence
 * @param rows of the table
 * @param tokens whether it is a sequence
 */
record LookupColumns(int width, int count, int[] column, int[] firstRow, long rows, boolean tokens) {
    static LookupColumns of(Site site, Signal in, List<String> wanted) {
        boolean tokens =
                in.steps() || (in.categories().size() == 1 && in.shape().size() > 1);
        if (tokens) {
            if (!wanted.isEmpty()) {
                throw site.wrong("no fields, since it reads tokens", wanted.toString());
            }
            int steps = in.shape().size();
            return new LookupColumns(
                    steps, steps, new int[0], new int[0], in.categories().get(0).buckets(), true);
        }
        int count = wanted.isEmpty() ? in.shape().size() : wanted.size();
        int[] column = new int[count];
        int[] firstRow = new int[count];
        long rows = 0;
        for (int i = 0; i < count; i++) {
            column[i] = wanted.isEmpty() ? i : indexOf(site, in, wanted.get(i));
            firstRow[i] = (int) rows;
            rows += in.categories().get(column[i]).buckets();
            if (rows > Integer.MAX_VALUE - 8) {
                throw site.wrong("at most 2^31 - 9 rows in a table", "more");
            }
        }
        return new LookupColumns(in.shape().size(), count, column, firstRow, rows, false);
    }

    private static int indexOf(Site site, Signal in, String field) {
        for (int i = 0; i < in.categories().size(); i++) {
            if (in.categories().get(i).name().equals(field)) {
                return i;
            }
        }
        throw site.wrong(
                "fields among "
                        + in.categories().stream().map(Signal.Categories::name).toList(),
                "'" + field + "'");
    }

    /** Where id {@code i} of a row lies in it. */
    int columnOf(int i) {
        return tokens ? i : column[i];
    }

    /** The row of the table at which the ids of field {@code i} start. */
    int firstRowOf(int i) {
        return tokens ? 0 : firstRow[i];
    }
}
