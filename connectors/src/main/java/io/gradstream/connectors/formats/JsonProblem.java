package io.gradstream.connectors.formats;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.util.regex.Pattern;

/** One line about what a JSON parser did not like. */
final class JsonProblem {

    private static final int SHOWN = 200;

    private static final Pattern ADVICE = Pattern.compile(
            ":? ?enable `[^`]*` to allow|, from `[^`]*`| \\(not recognized as one since Feature '[^']*' not enabled for parser\\)");
    private static final Pattern SOURCE = Pattern.compile("\\[Source: .*?; (line: [0-9]+, column: [0-9]+)]");

    private JsonProblem() {}

    /** "line 1, column 17: Unexpected character …". */
    static String of(IOException e) {
        String message = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
        JsonLocation where = e instanceof JsonProcessingException json ? json.getLocation() : null;
        String place = where == null ? "" : "line " + where.getLineNr() + ", column " + where.getColumnNr() + ": ";
        return place + (message == null ? e.getClass().getSimpleName() : Excerpt.plain(withoutAdvice(message), SHOWN));
    }

    /** What only those who write the parser's settings can do is left out, and so is the record's own place in memory. */
    private static String withoutAdvice(String message) {
        return SOURCE.matcher(ADVICE.matcher(message).replaceAll("")).replaceAll("$1");
    }
}
