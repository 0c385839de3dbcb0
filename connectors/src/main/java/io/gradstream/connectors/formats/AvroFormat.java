package io.gradstream.connectors.formats;

import java.util.Objects;

/**
 * Avro binary records, all written with one schema.
 *
 * @param schemaJson the writer's schema, the text of an .avsc file
 * @param framing what precedes the Avro bytes
 * @param schemaId with {@link Framing#CONFLUENT}: the only schema id accepted, or {@link #ANY_SCHEMA}
 */
public record AvroFormat(String schemaJson, Framing framing, int schemaId) implements FormatSettings {

    /** Every schema id is accepted, and taken to mean the same schema. */
    public static final int ANY_SCHEMA = -1;

    /** What precedes the Avro bytes of a record. */
    public enum Framing {
        /** Nothing. */
        NONE,
        /** Confluent's: a zero byte and a big-endian schema id of four bytes. */
        CONFLUENT
    }

    /** Checks the schema id; the schema itself is checked by {@link Formats#decoder}. */
    public AvroFormat {
        Objects.requireNonNull(schemaJson, "schemaJson");
        Objects.requireNonNull(framing, "framing");
        if (schemaId != ANY_SCHEMA && (schemaId < 0 || framing == Framing.NONE)) {
            throw new IllegalArgumentException("a schema id must be >= 0 and needs Confluent framing, was " + schemaId
                    + " with framing " + framing);
        }
    }

    /** Records of any schema id. */
    public AvroFormat(String schemaJson, Framing framing) {
        this(schemaJson, framing, ANY_SCHEMA);
    }
}
