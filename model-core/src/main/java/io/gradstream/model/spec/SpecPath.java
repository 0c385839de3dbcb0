package io.gradstream.model.spec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/** A place in a tree of settings: keys and list indices from the root. */
final class SpecPath {
    static final SpecPath ROOT = new SpecPath(null, "", 0);

    private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z0-9_-]+");

    private final SpecPath parent;
    private final Object part;
    private final int depth;

    private SpecPath(SpecPath parent, Object part, int depth) {
        this.parent = parent;
        this.part = part;
        this.depth = depth;
    }

    static SpecPath of(List<?> parts) {
        return ROOT.then(parts);
    }

    SpecPath key(String key) {
        return new SpecPath(this, key, depth + 1);
    }

    SpecPath index(int index) {
        return new SpecPath(this, index, depth + 1);
    }

    SpecPath then(List<?> parts) {
        SpecPath path = this;
        for (Object each : parts) {
            path = each instanceof Integer index ? path.index(index) : path.key((String) each);
        }
        return path;
    }

    boolean isRoot() {
        return parent == null;
    }

    int depth() {
        return depth;
    }

    List<Object> parts() {
        List<Object> parts = new ArrayList<>(depth);
        for (SpecPath at = this; at.parent != null; at = at.parent) {
            parts.add(at.part);
        }
        Collections.reverse(parts);
        return parts;
    }

    /** {@code model.layers[2].units}; a key that is no plain word is quoted: {@code kafka["linger.ms"]}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Object each : parts()) {
            if (each instanceof Integer) {
                text.append('[').append(each).append(']');
            } else if (!PLAIN_KEY.matcher((String) each).matches()) {
                text.append('[').append(Wording.quoted((String) each)).append(']');
            } else {
                text.append(text.isEmpty() ? "" : ".").append(each);
            }
        }
        return text.toString();
    }
}
