package io.gradstream.connectors.formats;

import java.io.Serializable;
import java.util.Objects;

/**
 * A field that is used.
 *
 * @param path its name; dots lead into nested records: {@code customer.address.city}
 * @param type what it is read as
 */
public record Field(String path, FieldType type) implements Serializable {

    /** Checks that the path has no empty part. */
    public Field {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(type, "type");
        if (path.isEmpty() || path.startsWith(".") || path.endsWith(".") || path.contains("..")) {
            throw new IllegalArgumentException("a field's path must be names joined by dots, was '" + path + "'");
        }
    }
}
