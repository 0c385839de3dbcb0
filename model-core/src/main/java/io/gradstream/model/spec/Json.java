package io.gradstream.model.spec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON by RFC 8259, strictly: nothing is guessed, and nothing is written that could be read in two ways. */
public final class Json {
    /** How deep arrays and objects may be nested. */
    public static final int DEEPEST = 64;

    /** How many characters a text may have: far more than any spec, few enough that no text can fill a heap. */
    public static final int LONGEST = 4 << 20;

    private Json() {}

    /**
     * Reads one value: LinkedHashMap, ArrayList, String, Long (a number with neither fraction nor exponent), Double, Boolean or null.
     *
     * @throws JsonException on anything else: duplicate keys, nesting deeper than {@link #DEEPEST}, more than {@link #LONGEST}
     *     characters, a number that does not fit, half a surrogate pair
     */
    public static Object read(String text) {
        if (text.length() > LONGEST) {
            throw new JsonException("JSON may have " + LONGEST + " characters, this has " + text.length());
        }
        int broken = unpaired(text);
        if (broken >= 0) {
            throw new JsonException("at character " + broken + ": half a surrogate pair");
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        JsonCursor cursor = new JsonCursor(bytes, 0, bytes.length);
        Object value = value(cursor, 0);
        cursor.end();
        return value;
    }

    private static Object value(JsonCursor cursor, int depth) {
        if (depth > DEEPEST) {
            throw cursor.problem("nested deeper than " + DEEPEST);
        }
        switch (cursor.peek()) {
            case '{':
                return object(cursor, depth);
            case '[':
                return array(cursor, depth);
            case '"':
                return cursor.text();
            case 't':
                cursor.word("true");
                return true;
            case 'f':
                cursor.word("false");
                return false;
            case 'n':
                cursor.word("null");
                return null;
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
                return cursor.number();
            default:
                throw cursor.unexpected("a value");
        }
    }

    private static Map<String, Object> object(JsonCursor cursor, int depth) {
        Map<String, Object> object = new LinkedHashMap<>();
        cursor.take('{');
        if (cursor.takes('}')) {
            return object;
        }
        do {
            String key = cursor.text();
            if (object.containsKey(key)) {
                throw cursor.problem("the key " + Wording.quoted(key) + " is there twice");
            }
            cursor.take(':');
            object.put(key, value(cursor, depth + 1));
        } while (cursor.takes(','));
        cursor.take('}');
        return object;
    }

    private static List<Object> array(JsonCursor cursor, int depth) {
        List<Object> array = new ArrayList<>();
        cursor.take('[');
        if (cursor.takes(']')) {
            return array;
        }
        do {
            array.add(value(cursor, depth + 1));
        } while (cursor.takes(','));
        cursor.take(']');
        return array;
    }

    /**
     * Writes such a value on one line, maps in their own order. Doubles and floats are written with the fewest digits that read back
     * as the same number, the same on every JDK, and always with a point, so that they stay apart from whole numbers.
     *
     * @throws IllegalArgumentException on NaN, infinity, nesting deeper than {@link #DEEPEST}, half a surrogate pair or another class
     */
    public static String write(Object value) {
        StringBuilder out = new StringBuilder();
        write(value, out, 0);
        return out.toString();
    }

    private static void write(Object value, StringBuilder out, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("nested deeper than " + DEEPEST);
        }
        if (value instanceof Map<?, ?> map) {
            String separator = "{";
            for (Map.Entry<?, ?> each : map.entrySet()) {
                text((String) each.getKey(), out.append(separator));
                write(each.getValue(), out.append(':'), depth + 1);
                separator = ",";
            }
            out.append(map.isEmpty() ? "{}" : "}");
        } else if (value instanceof List<?> list) {
            String separator = "[";
            for (Object each : list) {
                write(each, out.append(separator), depth + 1);
                separator = ",";
            }
            out.append(list.isEmpty() ? "[]" : "]");
        } else if (value instanceof String text) {
            text(text, out);
        } else {
            out.append(scalar(value));
        }
    }

    private static String scalar(Object value) {
        if (value instanceof Double number) {
            return Decimals.of(number.doubleValue());
        }
        if (value instanceof Float number) {
            return Decimals.of(number.floatValue());
        }
        boolean plain = value == null || value instanceof Boolean || value instanceof Long || value instanceof Integer;
        if (!plain) {
            throw new IllegalArgumentException("JSON has no " + value.getClass().getName());
        }
        return String.valueOf(value);
    }

    private static void text(String text, StringBuilder out) {
        int broken = unpaired(text);
        if (broken >= 0) {
            throw new IllegalArgumentException("half a surrogate pair at character " + broken + " of a text");
        }
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20) {
                        out.append(c < 0x10 ? "\\u000" : "\\u00").append(Integer.toHexString(c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    /** Index of the first half of a surrogate pair without its other half, or -1. */
    public static int unpaired(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                boolean pair = i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
                if (!pair) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }
}
