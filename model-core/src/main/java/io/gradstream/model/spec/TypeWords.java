package io.gradstream.model.spec;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Types in the words of the reference page and of messages. */
final class TypeWords {
    private TypeWords() {}

    static String of(Type type) {
        Class<?> raw = RecordShape.rawType(type);
        if (Scalars.knows(raw)) {
            return Scalars.wanted(raw);
        }
        if (raw == Optional.class) {
            return of(RecordShape.argument(type, 0));
        }
        if (raw == List.class) {
            return "a list of " + of(RecordShape.argument(type, 0));
        }
        if (raw == Map.class) {
            return "a section of keys and " + of(RecordShape.argument(type, 1));
        }
        if (raw.isRecord()) {
            return "a section with the keys "
                    + String.join(", ", RecordShape.of(raw).components().keySet());
        }
        return "one of " + String.join(", ", SealedShape.of(raw).kinds().keySet());
    }
}
