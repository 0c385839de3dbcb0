package io.gradstream.model.spec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What was found wrong in one reading, in the order found. */
final class SpecProblems {
    /** Stands for a value that could not be read; a record with such a part is not made. */
    static final Object FAILED = new Object();

    private static final int MOST = 100;

    private final List<SpecException> found = new ArrayList<>();
    private final Set<String> misspelt = new HashSet<>();

    /** Keeps a problem; {@link #FAILED}, to be returned. */
    Object add(SpecPath path, String problem) {
        if (!full()) {
            found.add(new SpecException(path, problem));
        }
        return FAILED;
    }

    boolean full() {
        return found.size() >= MOST;
    }

    List<SpecException> found() {
        return found;
    }

    /** A key is there under a name that is probably a misspelling of this one: that it is missing is not another problem. */
    void misspelt(SpecPath path) {
        misspelt.add(path.toString());
    }

    boolean isMisspelt(SpecPath path) {
        return misspelt.contains(path.toString());
    }
}
