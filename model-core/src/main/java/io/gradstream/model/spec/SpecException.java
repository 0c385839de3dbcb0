package io.gradstream.model.spec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Settings that cannot be: where, what was wanted and what came, in one line.
 *
 * <p>A record's compact constructor may throw one with a path that starts at the record; the reader puts the record's own path before it.
 */
public final class SpecException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String path;
    private final ArrayList<Object> pathParts;
    private final String problem;

    /**
     * A problem at a place.
     *
     * @param pathParts keys (String) and list indices from 0 (Integer), from the root
     */
    public SpecException(List<?> pathParts, String problem) {
        this(SpecPath.of(pathParts), problem);
    }

    SpecException(SpecPath path, String problem) {
        super(path.isRoot() ? problem : path + ": " + problem);
        this.path = path.toString();
        this.pathParts = new ArrayList<>(path.parts());
        this.problem = problem;
    }

    /** Where, such as {@code model.layers[2].units}; empty for the whole. */
    public String path() {
        return path;
    }

    /**
     * The same path in parts: a String for a key, an Integer for a list's index from 0. The last part may not be in the tree, if what is
     * wrong is that it is missing.
     */
    public List<Object> pathParts() {
        return Collections.unmodifiableList(pathParts);
    }

    /** What is wrong there, without the path. */
    public String problem() {
        return problem;
    }
}
