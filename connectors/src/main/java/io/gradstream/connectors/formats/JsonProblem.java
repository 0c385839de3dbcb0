package io.gradstream.connectors.formats;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;

/** One line about what a JSON parser did not like. */
final class JsonProblem {

    private static final int SHOWN = 200;

    private JsonProblem() {}

    /** "line 1, column 17: Unexpected character …". */
    static String of(IOException e) {
        String message = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
        JsonLocation where = e instanceof JsonProcessingException json ? json.getLocation() : null;
        String place = where == null ? "" : "line " + where.getLineNr() + ", column " + where.getColumnNr() + ": ";
        return place + (message == null ? e.getClass().getSimpleName() : Excerpt.plain(message, SHOWN));
    }
}
