package io.gradstream.pipeline.config;

import java.util.HashMap;
import java.util.LinkedHashMap;
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
}
