package io.gradstream.connectors.formats;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.List;

/** Reads one JSON object, stepping over what is not used. */
final class JsonDecoder implements RecordDecoder {

    private static final int DEEPEST = 64;
    private static final int LONGEST_NAME = 1024;
    private static final int LONGEST_NUMBER = 1024;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNameLength(LONGEST_NAME)
                    .maxNumberLength(LONGEST_NUMBER)
                    .maxStringLength(FieldValues.MAX_TEXT)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .build();

    private final FieldTree root;
    private final int columns;
    private final ReusedBytes scratch = new ReusedBytes();

    /** The field that a message names; empty outside of one. */
    private String path = "";

    /** @throws FormatException when a path is used both as a record and as a value */
    JsonDecoder(List<Field> used) throws FormatException {
        root = FieldTree.of(used);
        columns = used.size();
    }

    @Override
    public void decode(byte[] bytes, int at, int length, FieldValues into) throws UndecodableException {
        Decoding.check(bytes, at, length, into, columns);
        into.clear();
        path = "";
        if (!Utf8.isValid(bytes, at, length)) {
            throw new UndecodableException("the record is not UTF-8");
        }
        try (JsonParser parser = JSON.createParser(bytes, at, length)) {
            readRecord(parser, into);
        } catch (UndecodableException e) {
            throw Decoding.inField(path, e.getMessage());
        } catch (IOException e) {
            throw new UndecodableException("the record is not valid JSON: " + JsonProblem.of(e));
        } catch (RuntimeException e) {
            throw Decoding.inField(path, "cannot be decoded: " + e);
        }
    }

    private void readRecord(JsonParser parser, FieldValues into) throws IOException, UndecodableException {
        JsonToken token = parser.nextToken();
        if (token != JsonToken.START_OBJECT) {
            throw new UndecodableException("is not a JSON object: " + describe(token) + " came");
        }
        readObject(parser, root, into);
        path = "";
        if (parser.nextToken() != null) {
            throw new UndecodableException("is followed by something else");
        }
    }

    private void readObject(JsonParser parser, FieldTree node, FieldValues into)
            throws IOException, UndecodableException {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            FieldTree child = node.child(name);
            JsonToken token = parser.nextToken();
            if (child == null) {
                parser.skipChildren();
            } else if (token != JsonToken.VALUE_NULL) {
                path = child.path;
                readValue(parser, token, child, into);
            }
        }
    }

    private void readValue(JsonParser parser, JsonToken token, FieldTree node, FieldValues into)
            throws IOException, UndecodableException {
        if (node.isRecord()) {
            if (token != JsonToken.START_OBJECT) {
                throw new UndecodableException("is not a record: " + describe(token) + " came");
            }
            readObject(parser, node, into);
            return;
        }
        if (token == JsonToken.START_ARRAY && node.uses.get(0).type() == FieldType.NUMBERS && node.uses.size() == 1) {
            into.startList(node.uses.get(0).column());
            readList(parser, node.uses.get(0).column(), into);
            return;
        }
        if (!token.isScalarValue()) {
            throw new UndecodableException(
                    "is not " + node.uses.get(0).type().wanted() + ": " + describe(token) + " came");
        }
        char[] chars = parser.getTextCharacters();
        int length = parser.getTextLength();
        byte[] text = scratch.atLeast(3 * length);
        int n = Utf8.encode(chars, parser.getTextOffset(), length, text);
        if (n < 0) {
            throw new UndecodableException("has half of a surrogate pair in its text");
        }
        for (FieldTree.Use use : node.uses) {
            if (token == JsonToken.VALUE_STRING || isOf(use.type(), token)) {
                TextValues.set(use, text, 0, n, into);
            } else {
                throw new UndecodableException(
                        "is not " + use.type().wanted() + ": " + Excerpt.plain(parser.getText(), 40));
            }
        }
    }

    /** Numbers up to the end of the array that has begun; arrays in it are read one after another. */
    private static void readList(JsonParser parser, int column, FieldValues into)
            throws IOException, UndecodableException {
        int depth = 1;
        while (depth > 0) {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.START_ARRAY) {
                depth++;
            } else if (token == JsonToken.END_ARRAY) {
                depth--;
            } else if (token != null && token.isNumeric()) {
                into.addToList(column, parser.getDoubleValue());
            } else {
                throw new UndecodableException("is not a list of numbers: " + describe(token) + " is number "
                        + into.listLength(column) + " of it");
            }
        }
    }

    /** Whether a token that is not a string can be read as the type. */
    private static boolean isOf(FieldType type, JsonToken token) {
        return switch (type) {
            case NUMBER -> token.isNumeric();
            case TEXT -> true;
            case BOOLEAN -> token.isBoolean() || token == JsonToken.VALUE_NUMBER_INT;
            case TIME -> token == JsonToken.VALUE_NUMBER_INT;
            case NUMBERS -> false;
        };
    }

    private static String describe(JsonToken token) {
        if (token == null) {
            return "nothing";
        }
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NULL -> "null";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            default -> "a number";
        };
    }
}
