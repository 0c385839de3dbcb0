package io.gradstream.connectors.formats;

import java.io.IOException;

/** A CSV file that cannot be read, or not on: which file, which line, what is wrong. */
public final class CsvFileException extends IOException {

    private static final long serialVersionUID = 1;

    /** @param message the file, the line and what is wrong with it */
    public CsvFileException(String message) {
        super(message);
    }

    /** @param message the file, the line and what is wrong with it */
    public CsvFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
