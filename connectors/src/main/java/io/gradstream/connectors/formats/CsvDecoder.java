package io.gradstream.connectors.formats;

import java.util.Arrays;
import java.util.List;

/** Reads one line of CSV: first where its cells are, then, when their number is right, those that are used. */
final class CsvDecoder implements RecordDecoder {

    private final List<String> names;
    private final int columns;
    private final CsvCells cells;
    private final FieldTree.Use[][] uses;

    /** @throws FormatException when a used field is no column */
    CsvDecoder(CsvFormat format, List<Field> used) throws FormatException {
        names = format.columns();
        columns = used.size();
        cells = new CsvCells(format.delimiter(), names.size());
        uses = new FieldTree.Use[names.size()][0];
        List<String> problems = used.stream()
                .filter(field -> !names.contains(field.path()))
                .map(field -> format.lacks(field.path()))
                .toList();
        if (!problems.isEmpty()) {
            throw new FormatException(problems);
        }
        for (int column = 0; column < columns; column++) {
            int cell = names.indexOf(used.get(column).path());
            FieldTree.Use[] longer = Arrays.copyOf(uses[cell], uses[cell].length + 1);
            longer[uses[cell].length] =
                    new FieldTree.Use(column, used.get(column).type());
            uses[cell] = longer;
        }
    }

    @Override
    public void decode(byte[] bytes, int at, int length, FieldValues into) throws UndecodableException {
        Decoding.check(bytes, at, length, into, columns);
        into.clear();
        int count = cells.split(bytes, at, length);
        if (count != names.size()) {
            throw new UndecodableException(
                    "the line has " + count + (count == 1 ? " cell; " : " cells; ") + names.size() + " were wanted");
        }
        for (int cell = 0; cell < count; cell++) {
            if (uses[cell].length > 0 && !cells.isEmpty(cell)) {
                read(cell, into);
            }
        }
    }

    private void read(int cell, FieldValues into) throws UndecodableException {
        cells.select(cell);
        try {
            for (FieldTree.Use use : uses[cell]) {
                TextValues.set(use, cells.bytes(), cells.start(), cells.length(), into);
            }
        } catch (UndecodableException | IllegalArgumentException e) {
            throw Decoding.inField(names.get(cell), e.getMessage());
        } catch (RuntimeException e) {
            throw Decoding.inField(names.get(cell), "cannot be decoded: " + e);
        }
    }
}
