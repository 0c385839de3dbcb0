package io.gradstream.pipeline.config;

import io.gradstream.model.spec.OneLine;
import io.gradstream.pipeline.config.Section.Origin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What is wrong with a file, each as one line: {@code flights.yaml:12: model.hiden: unknown key; …}. */
final class Problems {

    private final String file;
    private final References references;
    private final List<Problem> problems = new ArrayList<>();
    private Section root = new Section();

    private record Problem(int line, String text) {}

    /** @param file as the user named it */
    Problems(String file, References references) {
        this.file = file;
        this.references = references;
    }

    /** The tree that paths lead into from now on. */
    void root(Section tree) {
        this.root = tree;
    }

    boolean any() {
        return !problems.isEmpty();
    }

    /** A problem at a line (0 if it is at none) and a key's path (empty if it is at none). */
    void add(int line, String path, String problem) {
        String where = line > 0 ? file + ":" + line : file;
        String what = path.isEmpty() ? problem : path + ": " + problem;
        problems.add(new Problem(line, where + ": " + oneLine(references.hide(what))));
    }

    /** A problem at a place in the tree; a part that is not there is looked for as far as it leads. */
    void add(List<?> path, String problem) {
        Place place = new Place();
        Object at = root;
        for (Object part : path) {
            at = place.step(at, part);
        }
        String told = place.reference.isEmpty() ? problem : withoutValue(problem, place.reference);
        add(place.line, place.path.toString(), told);
    }

    /** What was wanted, without what came. */
    private static String withoutValue(String problem, String reference) {
        String[] before = problem.split(",? (got|was) ", 2);
        return before[0] + " (the value is that of " + reference + ")";
    }

    /** @throws PipelineException if there is any problem, in the order of the lines */
    void throwIfAny() {
        if (any()) {
            throw new PipelineException(problems.stream()
                    .sorted(Comparator.comparingInt(Problem::line))
                    .map(Problem::text)
                    .distinct()
                    .toList());
        }
    }

    private static String oneLine(String text) {
        return OneLine.escaped(text.replaceAll("\\s*\\R\\s*", " "));
    }

    /** Follows a path through the tree and notes the nearest line and the words of the file. */
    private static final class Place {
        private int line;
        private String reference = "";
        private final StringBuilder path = new StringBuilder();

        Object step(Object at, Object part) {
            if (at instanceof Section section && part instanceof String key) {
                return take(section.origin(key), section.get(key), key);
            }
            if (at instanceof Items items && part instanceof Integer index && index < items.size()) {
                return take(items.origin(index), items.get(index), "[" + index + "]");
            }
            name(part instanceof Integer ? "[" + part + "]" : String.valueOf(part));
            return Map.of();
        }

        private Object take(Origin origin, Object value, String name) {
            if (origin != null) {
                line = origin.line() > 0 ? origin.line() : line;
                reference = origin.reference();
            } else {
                reference = "";
            }
            name(origin == null || origin.key().isEmpty() ? name : origin.key());
            return value == null ? Map.of() : value;
        }

        private void name(String name) {
            boolean plain = name.startsWith("[") || name.matches("[A-Za-z0-9_-]+");
            if (plain) {
                path.append(path.isEmpty() || name.startsWith("[") ? "" : ".").append(name);
            } else {
                path.append("[\"").append(name).append("\"]");
            }
        }
    }
}
