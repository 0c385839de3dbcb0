package io.gradstream.model.spec;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Optional;

/** Turns the text of a {@link Default} into the tree that a file would give. */
final class Defaults {
    private Defaults() {}

    static Object tree(Type type, String text) {
        Class<?> raw = RecordShape.rawType(type);
        if (raw == Optional.class) {
            return tree(RecordShape.argument(type, 0), text);
        }
        boolean bare = raw == String.class || raw == Duration.class || raw.isEnum();
        boolean section = !Scalars.knows(raw) && !text.startsWith("{") && !text.startsWith("[");
        if (bare || section) {
            return text;
        }
        try {
            return Json.read(text);
        } catch (JsonException broken) {
            throw new IllegalStateException(
                    "the default '" + text + "' of a " + type.getTypeName() + " is broken", broken);
        }
    }
}
