package io.gradstream.pipeline.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A section of the file: keys and values, with what is needed to speak of them in the file's own words. */
final class Section extends LinkedHashMap<String, Object> {

    private static final long serialVersionUID = 1L;

    private final transient Map<String, Origin> origins = new HashMap<>();

    /**
     * Where a value is and how it is written there.
     *
     * @param line from 1
     * @param key the key as the file has it; differs where a short form was written out
     * @param text a scalar as the file has it, references resolved; empty for anything else
     * @param reference the reference that the scalar, or a part of it, came from, such as ${ENV:PASSWORD}; empty if none
     */
    record Origin(int line, String key, String text, String reference) {
        /** The same under another key of the tree. */
        Origin as(String writtenKey) {
            return new Origin(line, writtenKey, text, reference);
        }
    }

    void put(String key, Object value, Origin origin) {
        put(key, value);
        origins.put(key, origin);
    }

    /** Null for a key that is not there. */
    Origin origin(String key) {
        return origins.get(key);
    }

    /** Takes a scalar of the tree. */
    interface Visitor {
        /** The path leads to it: keys and indices. */
        void scalar(List<Object> path, Object value, Origin origin);
    }

    /** Shows all scalars of this section and of what is in it. */
    void scalars(Visitor visitor) {
        values(this, new ArrayList<>(), (path, value, origin) -> {
            if (value != null) {
                visitor.scalar(path, value, origin);
            }
        });
    }

    /** The paths of keys and items behind which nothing stands, or an empty text. */
    List<List<Object>> withoutValue() {
        List<List<Object>> paths = new ArrayList<>();
        values(this, new ArrayList<>(), (path, value, origin) -> {
            if (value == null) {
                paths.add(path);
            }
        });
        return paths;
    }

    private static void values(Section section, List<Object> path, Visitor visitor) {
        section.forEach((key, value) -> values(key, value, section.origin(key), path, visitor));
    }

    private static void values(Object part, Object value, Origin origin, List<Object> path, Visitor visitor) {
        path.add(part);
        if (value instanceof Section section) {
            values(section, path, visitor);
        } else if (value instanceof Items items) {
            for (int i = 0; i < items.size(); i++) {
                values(i, items.get(i), items.origin(i), path, visitor);
            }
        } else {
            visitor.scalar(List.copyOf(path), value, origin);
        }
        path.remove(path.size() - 1);
    }
}
