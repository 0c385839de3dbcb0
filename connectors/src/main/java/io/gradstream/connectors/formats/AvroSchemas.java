package io.gradstream.connectors.formats;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * Reads Avro schemas strictly. A schema is data: only its names, types and logical types are looked at; properties that
 * name Java classes are never followed.
 */
public final class AvroSchemas {

    /** The longest schema that is read, in characters. */
    public static final int MAX_LENGTH = 1 << 20;

    private static final int MAX_DEPTH = 128;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxDocumentLength(MAX_LENGTH)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private AvroSchemas() {}

    /**
     * Parses the text of an .avsc file.
     *
     * @throws FormatException when it is too long, nested more than 128 deep, has a key twice, is not JSON or not a schema
     */
    public static Schema parse(String json) throws FormatException {
        if (json.length() > MAX_LENGTH) {
            throw new FormatException(
                    "the Avro schema has " + json.length() + " characters; at most " + MAX_LENGTH + " are read");
        }
        checkJson(json);
        try {
            return new Schema.Parser().parse(json);
        } catch (AvroRuntimeException | IllegalArgumentException | NullPointerException | ClassCastException e) {
            throw new FormatException("the Avro schema is not valid: " + firstLine(e));
        }
    }

    private static void checkJson(String json) throws FormatException {
        try (JsonParser parser = JSON.createParser(json)) {
            int depth = 0;
            boolean ended = false;
            while (parser.nextToken() != null) {
                if (ended) {
                    throw new FormatException("the Avro schema is followed by something else, in line "
                            + parser.currentTokenLocation().getLineNr());
                }
                depth += parser.currentToken().isStructStart() ? 1 : 0;
                depth -= parser.currentToken().isStructEnd() ? 1 : 0;
                ended = depth == 0;
            }
            if (!ended) {
                throw new FormatException("the Avro schema is empty");
            }
        } catch (IOException e) {
            throw new FormatException("the Avro schema is not valid JSON: " + JsonProblem.of(e));
        }
    }

    private static String firstLine(RuntimeException e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return message.lines().findFirst().orElse("");
    }
}
