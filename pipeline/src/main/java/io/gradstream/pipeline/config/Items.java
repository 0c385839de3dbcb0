package io.gradstream.pipeline.config;

import io.gradstream.pipeline.config.Section.Origin;
import java.util.ArrayList;
import java.util.List;

/** A list of the file, with where each item is. */
final class Items extends ArrayList<Object> {

    private static final long serialVersionUID = 1L;

    private final transient List<Origin> origins = new ArrayList<>();

    void add(Object item, Origin origin) {
        add(item);
        origins.add(origin);
    }

    /** Null for an index that is not there. */
    Origin origin(int index) {
        return index < origins.size() ? origins.get(index) : null;
    }
}
