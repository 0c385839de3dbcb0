package io.gradstream.model.spec;

import java.lang.reflect.Field;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lists every setting that a record type knows, for the reference page. */
public final class SpecReference {
    private SpecReference() {}

    /**
     * One setting, or one kind of a setting that has several, or one value of an enum that is explained.
     *
     * @param path from the root, such as {@code model.layers[].units}; the keys of a map are {@code *}
     * @param kind for one of several kinds or values: its name, such as {@code adam}; else empty
     * @param type what it takes, in words: {@code a whole number}, {@code a list of text}
     * @param required whether it must be given
     * @param defaultText its value when left out; empty if none
     * @param doc what it means
     * @param choices the values of an enum, or the names of the kinds
     * @param children the settings inside it; for a setting of several kinds, the kinds; empty inside itself, where it recurs
     */
    public record Entry(
            String path,
            String kind,
            String type,
            boolean required,
            String defaultText,
            String doc,
            List<String> choices,
            List<Entry> children) {
        public Entry {
            choices = List.copyOf(choices);
            children = List.copyOf(children);
        }
    }

    /**
     * The settings of a record type (or the kinds of a sealed interface), in the order of its components.
     *
     * @throws IllegalStateException if a default cannot be read as its own type: a defect of the program
     */
    public static List<Entry> of(Class<?> root) {
        return children(root, "", Set.of());
    }

    private static List<Entry> children(Class<?> type, String path, Set<Class<?>> above) {
        List<Entry> entries = new ArrayList<>();
        if (above.contains(type)) {
            return entries;
        }
        Set<Class<?>> inside = with(above, type);
        if (type.isRecord()) {
            for (RecordShape.Component each : RecordShape.of(type).components().values()) {
                entries.add(entry(each, path.isEmpty() ? each.key() : path + "." + each.key(), inside));
            }
        } else if (type.isEnum()) {
            entries.addAll(constants(type, path));
        } else if (!Scalars.knows(type)) {
            for (Map.Entry<String, Class<?>> each : SealedShape.of(type).kinds().entrySet()) {
                List<Entry> settings = children(each.getValue(), path, inside);
                entries.add(new Entry(path, each.getKey(), "", false, "", doc(each.getValue()), List.of(), settings));
            }
        }
        return entries;
    }

    private static Set<Class<?>> with(Set<Class<?>> above, Class<?> type) {
        List<Class<?>> all = new ArrayList<>(above);
        all.add(type);
        return Set.copyOf(all);
    }

    private static Entry entry(RecordShape.Component component, String path, Set<Class<?>> above) {
        checkDefault(component, path);
        Type type = component.type();
        String at = component.inline() ? path.substring(0, Math.max(0, path.lastIndexOf('.'))) : path;
        Class<?> raw = RecordShape.rawType(type);
        while (raw == Optional.class || raw == List.class || raw == Map.class) {
            at += raw == List.class ? "[]" : raw == Map.class ? ".*" : "";
            type = RecordShape.argument(type, raw == Map.class ? 1 : 0);
            raw = RecordShape.rawType(type);
        }
        String doc = component.doc().isEmpty() ? doc(raw) : component.doc();
        return new Entry(
                path,
                "",
                words(component.type()),
                component.required(),
                component.defaultText().orElse(""),
                doc,
                choices(raw),
                children(raw, at, above));
    }

    private static void checkDefault(RecordShape.Component component, String path) {
        if (component.defaultText().isEmpty()) {
            return;
        }
        Binder binder = new Binder();
        Object tree = Defaults.tree(component.type(), component.defaultText().get());
        if (binder.read(component.type(), tree, SpecPath.ROOT.key(path)) == SpecProblems.FAILED) {
            throw new IllegalStateException(
                    "a default cannot be read", binder.problems().get(0));
        }
    }

    /** Like {@link TypeWords}, but without the names that children and choices list. */
    private static String words(Type type) {
        Class<?> raw = RecordShape.rawType(type);
        if (raw == Optional.class) {
            return words(RecordShape.argument(type, 0));
        }
        if (raw == List.class) {
            return "a list of " + words(RecordShape.argument(type, 0));
        }
        if (raw == Map.class) {
            return "a section of keys and " + words(RecordShape.argument(type, 1));
        }
        if (raw.isRecord()) {
            return "a section";
        }
        return Scalars.knows(raw) ? Scalars.wanted(raw) : "one of several kinds";
    }

    private static List<String> choices(Class<?> type) {
        if (type.isEnum()) {
            return Scalars.choices(type);
        }
        boolean sealed = !type.isRecord() && !Scalars.knows(type);
        return sealed ? List.copyOf(SealedShape.of(type).kinds().keySet()) : List.of();
    }

    private static List<Entry> constants(Class<?> type, String path) {
        List<Entry> entries = new ArrayList<>();
        for (Field each : type.getFields()) {
            Doc doc = each.getAnnotation(Doc.class);
            if (each.isEnumConstant() && doc != null) {
                String name = each.getName().replace('_', '-').toLowerCase(Locale.ROOT);
                entries.add(new Entry(path, name, "", false, "", doc.value(), List.of(), List.of()));
            }
        }
        return entries;
    }

    private static String doc(Class<?> type) {
        Doc doc = type.getAnnotation(Doc.class);
        return doc == null ? "" : doc.value();
    }
}
