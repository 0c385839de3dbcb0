package io.gradstream.model.spec;

import static io.gradstream.model.spec.SpecProblems.FAILED;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads records, and sealed interfaces of records. */
final class RecordBinder {
    private final Binder binder;
    private final SpecProblems problems;

    RecordBinder(Binder binder, SpecProblems problems) {
        this.binder = binder;
        this.problems = problems;
    }

    Object read(Class<?> type, Object value, SpecPath path) {
        if (!type.isRecord()) {
            return kind(type, value, path, List.of());
        }
        Optional<TextForm> textForm = TextForm.of(type);
        if (value instanceof String text && textForm.isPresent()) {
            return made(RecordShape.of(type), path, () -> textForm.get().read(text));
        }
        RecordShape shape = RecordShape.of(type);
        if (!(value instanceof Map<?, ?> given)) {
            return problems.add(
                    path,
                    "wanted a section with the keys " + names(shape.components()) + ", got " + Wording.got(value));
        }
        return record(shape, given, path, ownKind(type, given));
    }

    /** A record that is one of several kinds, where only it may be: its kind need not be said, but may. */
    private static List<String> ownKind(Class<?> type, Map<?, ?> given) {
        Class<?> sealed = SealedShape.above(type);
        if (sealed == null) {
            return List.of();
        }
        SealedShape shape = SealedShape.of(sealed);
        boolean said = shape.kindOf(type).equals(given.get(shape.discriminator()));
        return said ? List.of(shape.discriminator()) : List.of();
    }

    /** One of several kinds; {@code besides} are keys of its section that are not its own. */
    private Object kind(Class<?> type, Object value, SpecPath path, List<String> besides) {
        SealedShape sealed = SealedShape.of(type);
        Map<String, Class<?>> kinds = sealed.kinds();
        Optional<TextForm> textForm = TextForm.of(type);
        if (value instanceof String text && textForm.isPresent() && !kinds.containsKey(text)) {
            return made(null, path, () -> textForm.get().read(text));
        }
        if (value instanceof String text) {
            return known(sealed, text, Map.of(), path, path, besides);
        }
        if (!(value instanceof Map<?, ?> given)) {
            return problems.add(
                    path,
                    "wanted one of " + names(kinds) + ", or a section with the key '" + sealed.discriminator()
                            + "', got " + Wording.got(value));
        }
        SpecPath at = path.key(sealed.discriminator());
        return given.containsKey(sealed.discriminator())
                ? known(sealed, given.get(sealed.discriminator()), given, path, at, besides)
                : problems.add(at, "must be given: one of " + names(kinds));
    }

    private Object known(
            SealedShape sealed, Object name, Map<?, ?> given, SpecPath path, SpecPath nameAt, List<String> besides) {
        Map<String, Class<?>> kinds = sealed.kinds();
        if (!(name instanceof String) || !kinds.containsKey(name)) {
            return problems.add(
                    nameAt, "wanted one of " + names(kinds) + ", " + Wording.gotInstead(name, kinds.keySet()));
        }
        List<String> others = new ArrayList<>(besides);
        others.add(sealed.discriminator());
        return record(RecordShape.of(kinds.get(name)), given, path, others);
    }

    private static String names(Map<String, ?> named) {
        return String.join(", ", named.keySet());
    }

    /** {@code besides} are keys that are not the record's own, and known all the same. */
    private Object record(RecordShape shape, Map<?, ?> given, SpecPath path, List<String> besides) {
        boolean whole = shape.inline().isPresent() || onlyKnownKeys(shape, given, path, besides);
        Object[] values = new Object[shape.components().size()];
        int i = 0;
        for (RecordShape.Component each : shape.components().values()) {
            values[i] = each.inline()
                    ? kind(RecordShape.rawType(each.type()), given, path, shape.besides(each, besides))
                    : component(each, given, path.key(each.key()));
            whole &= values[i++] != FAILED;
        }
        return whole ? made(shape, path, () -> shape.make(values)) : FAILED;
    }

    private boolean onlyKnownKeys(RecordShape shape, Map<?, ?> given, SpecPath path, List<String> besides) {
        List<String> known = new ArrayList<>(besides);
        known.addAll(shape.components().keySet());
        boolean only = true;
        for (Object each : given.keySet()) {
            if (!known.contains(each)) {
                String key = String.valueOf(each);
                Optional<String> near = Nearest.of(key, known);
                near.ifPresent(meant -> problems.misspelt(path.key(meant)));
                String proposal = near.map(meant -> " did you mean '" + meant + "'? Known: ")
                        .orElse(" known: ");
                problems.add(path.key(key), "unknown key;" + proposal + String.join(", ", known));
                only = false;
            }
        }
        return only;
    }

    private Object component(RecordShape.Component component, Map<?, ?> given, SpecPath path) {
        if (given.containsKey(component.key())) {
            return binder.read(component.type(), given.get(component.key()), path);
        }
        if (component.defaultText().isPresent()) {
            Object tree =
                    Defaults.tree(component.type(), component.defaultText().get());
            return binder.read(component.type(), tree, path);
        }
        if (component.optional()) {
            return Optional.empty();
        }
        return problems.isMisspelt(path)
                ? FAILED
                : problems.add(path, "must be given: " + TypeWords.of(component.type()));
    }

    /** Makes a value; what refuses to be made is a problem. {@code shape} may be null. */
    private Object made(RecordShape shape, SpecPath path, Supplier<Object> maker) {
        try {
            return maker.get();
        } catch (SpecException refused) {
            return problems.add(path.then(refused.pathParts()), refused.problem());
        } catch (IllegalArgumentException refused) {
            return refused(shape, path, refused.getMessage());
        }
    }

    /** "units must be above 0" of a record with the key {@code units} is a problem at that key. */
    private Object refused(RecordShape shape, SpecPath path, String message) {
        if (message == null) {
            return problems.add(path, "these values do not go together");
        }
        int space = Math.max(0, message.indexOf(' '));
        String first = message.substring(0, space);
        return shape != null && shape.components().containsKey(first)
                ? problems.add(path.key(first), message.substring(space + 1))
                : problems.add(path, message);
    }
}
