package io.gradstream.connectors.formats;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * CSV as in RFC 4180 and UTF-8, one line per record, no header.
 *
 * @param columns the names of all cells of a line, in order
 * @param delimiter what stands between two cells: an ASCII character, not a quote or the end of a line
 */
public record CsvFormat(List<String> columns, char delimiter) implements FormatSettings {

    /** Checks that the names differ and that the delimiter can be one. */
    public CsvFormat {
        columns = List.copyOf(columns);
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("columns must name at least one column");
        }
        Set<String> seen = new HashSet<>();
        for (String column : columns) {
            if (column.isEmpty() || !seen.add(column)) {
                throw new IllegalArgumentException("columns must have names that differ, was " + columns);
            }
        }
        if (delimiter == 0 || delimiter > 127 || delimiter == '"' || delimiter == '\n' || delimiter == '\r') {
            throw new IllegalArgumentException(
                    "delimiter must be one ASCII character other than a quote or the end of a line");
        }
    }

    /** Cells with commas between them. */
    public CsvFormat(List<String> columns) {
        this(columns, ',');
    }
}
