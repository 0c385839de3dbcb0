package io.gradstream.connectors.formats;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * CSV as in RFC 4180 and UTF-8, one line per record, no header.
 *
 * @param columns the names of all cells of a line, in order; a cell whose name is empty is read by nobody
 * @param delimiter what stands between two cells: an ASCII character, not a quote or the end of a line
 */
public record CsvFormat(List<String> columns, char delimiter) implements FormatSettings {

    /** Checks that the names differ, where there are any, and that the delimiter can be one. */
    public CsvFormat {
        columns = List.copyOf(columns);
        if (columns.stream().allMatch(String::isEmpty)) {
            throw new IllegalArgumentException("columns must name at least one column");
        }
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            Integer other = columns.get(i).isEmpty() ? null : places.put(columns.get(i), i);
            if (other != null) {
                throw new IllegalArgumentException("columns must have names that differ, but " + (other + 1) + " and "
                        + (i + 1) + " are both '" + Excerpt.name(columns.get(i)) + "'");
            }
        }
        if (delimiter == 0 || delimiter > 127 || delimiter == '"' || delimiter == '\n' || delimiter == '\r') {
            throw new IllegalArgumentException(
                    "delimiter must be one ASCII character other than a quote or the end of a line");
        }
    }

    /** That a field is no column, with the column that may be meant. */
    public String lacks(String field) {
        return "field '" + field + "' is not among the CSV columns" + NearestName.hint(field, columns);
    }

    /** Cells with commas between them. */
    public CsvFormat(List<String> columns) {
        this(columns, ',');
    }
}
