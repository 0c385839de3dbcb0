package io.gradstream.model.spec;

import java.util.List;

/**
 * Binds a tree of settings to records.
 *
 * <p>A component's key is its name in kebab-case (or {@link Key}). It must be given unless it has a {@link Default} or is an Optional.
 * Types: int, long, float, double, boolean, String, enums (constants in kebab-case), Duration ({@code 500ms 10s 5m 2h 2d}), records,
 * sealed interfaces of records ({@link Discriminator}, {@link Kind}; the bare text {@code adam} stands for {@code {type: adam}}),
 * List, Map from String, Optional. Nothing is converted silently: text is no number, 1.0 is no whole number, 5 is no text (except in
 * a map of texts, which holds the properties of a client). One number or text stands for a list of it. Maps come sorted by key, whatever the order in the file.
 */
public final class SpecReader {
    private SpecReader() {}

    /**
     * Binds a tree to a record (or a sealed interface of records).
     *
     * @param tree maps with text keys, lists, texts, numbers, booleans, null
     * @throws SpecException for the first thing that does not fit
     */
    public static <T> T read(Class<T> type, Object tree) {
        Binder binder = new Binder();
        Object read = binder.read(type, tree, SpecPath.ROOT);
        if (read == SpecProblems.FAILED) {
            throw binder.problems().get(0);
        }
        return type.cast(read);
    }

    /** All that does not fit, in the order found, at most 100; empty if the tree can be read. */
    public static List<SpecException> problems(Class<?> type, Object tree) {
        Binder binder = new Binder();
        Object read = binder.read(type, tree, SpecPath.ROOT);
        return read == SpecProblems.FAILED ? List.copyOf(binder.problems()) : List.of();
    }
}
