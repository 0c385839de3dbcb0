package io.gradstream.pipeline.features;

import io.gradstream.connectors.formats.Field;
import io.gradstream.connectors.formats.FieldType;
import java.util.ArrayList;
import java.util.List;

/** The fields of one input that anything uses, each once per type, in the order in which they were first asked for. */
public final class UsedFields {

    private final List<Field> fields = new ArrayList<>();

    /**
     * The index of a field, which is added if it is new.
     *
     * @throws IllegalArgumentException when the path cannot be one
     */
    public int index(String path, FieldType type) {
        Field field = new Field(path, type);
        int index = fields.indexOf(field);
        if (index >= 0) {
            return index;
        }
        fields.add(field);
        return fields.size() - 1;
    }

    /** All fields so far. */
    public List<Field> all() {
        return List.copyOf(fields);
    }
}
