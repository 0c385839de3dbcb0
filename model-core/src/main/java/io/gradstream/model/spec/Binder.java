package io.gradstream.model.spec;

import static io.gradstream.model.spec.SpecProblems.FAILED;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One reading of a tree. Goes on after a problem, so that all of them are found. */
final class Binder {
    private static final int DEEPEST = Json.DEEPEST;

    private final SpecProblems problems = new SpecProblems();
    private final RecordBinder records = new RecordBinder(this, problems);

    List<SpecException> problems() {
        return problems.found();
    }

    /** Reads a value that is there (it may be null, which only an Optional takes); FAILED if that is not possible. */
    Object read(Type type, Object value, SpecPath path) {
        Class<?> raw = RecordShape.rawType(type);
        if (path.depth() > DEEPEST) {
            return problems.add(path, "nested deeper than " + DEEPEST);
        }
        if (raw == Optional.class) {
            return value == null ? Optional.empty() : optional(RecordShape.argument(type, 0), value, path);
        }
        if (value == null) {
            return problems.add(path, "has no value, wanted " + TypeWords.of(type));
        }
        if (Scalars.knows(raw)) {
            return scalar(raw, value, path);
        }
        if (raw == List.class) {
            return list(RecordShape.argument(type, 0), value, path);
        }
        if (raw == Map.class) {
            return map(RecordShape.argument(type, 1), value, path);
        }
        return records.read(raw, value, path);
    }

    private Object optional(Type type, Object value, SpecPath path) {
        Object read = read(type, value, path);
        return read == FAILED ? FAILED : Optional.of(read);
    }

    private Object scalar(Class<?> type, Object value, SpecPath path) {
        try {
            return Scalars.read(type, value);
        } catch (IllegalArgumentException problem) {
            return problems.add(path, problem.getMessage());
        }
    }

    private Object list(Type element, Object value, SpecPath path) {
        if (isOne(element, value)) {
            return list(element, List.of(value), path);
        }
        if (!(value instanceof List<?> given)) {
            return problems.add(path, "wanted a list of " + TypeWords.of(element) + ", got " + Wording.got(value));
        }
        List<Object> list = new ArrayList<>(given.size());
        boolean whole = true;
        for (int i = 0; i < given.size() && !problems.full(); i++) {
            Object read = read(element, given.get(i), path.index(i));
            whole &= read != FAILED;
            list.add(read);
        }
        return whole && list.size() == given.size() ? Collections.unmodifiableList(list) : FAILED;
    }

    /** A number or text alone is a list of one. */
    private static boolean isOne(Type element, Object value) {
        if (!Scalars.knows(RecordShape.rawType(element))) {
            return false;
        }
        try {
            Scalars.read(RecordShape.rawType(element), value);
            return true;
        } catch (IllegalArgumentException no) {
            return false;
        }
    }

    /** A map has no order: it is sorted by key here as in {@link SpecWriter}, so that nothing can come to depend on the file's order. */
    private Object map(Type valueType, Object value, SpecPath path) {
        if (!(value instanceof Map<?, ?> given)) {
            return problems.add(
                    path, "wanted a section of keys and " + TypeWords.of(valueType) + ", got " + Wording.got(value));
        }
        Map<String, Object> map = new TreeMap<>();
        boolean whole = true;
        for (Map.Entry<?, ?> each : given.entrySet()) {
            if (each.getKey() instanceof String key) {
                Object read = mapValue(valueType, each.getValue(), path.key(key));
                whole &= read != FAILED;
                map.put(key, read);
            } else {
                problems.add(path, "wanted text as a key, got " + Wording.got(each.getKey()));
                whole = false;
            }
        }
        return whole ? Collections.unmodifiableMap(new LinkedHashMap<>(map)) : FAILED;
    }

    /** In a map of texts (client properties) 10, 0.8 and true need no quotes. */
    private Object mapValue(Type type, Object value, SpecPath path) {
        if (type != String.class || !(value instanceof Number || value instanceof Boolean)) {
            return read(type, value, path);
        }
        return value instanceof Double || value instanceof Float ? Decimals.of((Number) value) : value.toString();
    }
}
