package io.gradstream.pipeline.config;

import io.gradstream.connectors.formats.AvroFormat;
import io.gradstream.model.spec.Default;
import io.gradstream.model.spec.Discriminator;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;
import java.util.List;
import java.util.Optional;

/**
 * How a record's value is written. In YAML the kind is the key: {@code {avro: flight.avsc}}, {@code json}, {@code {csv:
 * [a, b]}}.
 */
@Doc("How a record's value is written.")
@Discriminator("kind")
public sealed interface FormatSpec permits FormatSpec.Avro, FormatSpec.Json, FormatSpec.Csv {

    /** Avro with the schema of a file. */
    @Kind("avro")
    @Doc("Avro binary.")
    record Avro(
            @Doc("Schema file (.avsc), relative to this file.")
            String schema,

            @Doc("What precedes the Avro bytes: nothing, or Confluent's five bytes with a schema id.") @Default("none")
            AvroFormat.Framing framing,

            @Doc(
                    "With confluent framing: the only schema id to accept; without it any is, and taken to mean this schema.")
            Optional<Integer> schemaId)
            implements FormatSpec {}

    /** One JSON object per record. */
    @Kind("json")
    @Doc("One JSON object per record.")
    record Json() implements FormatSpec {}

    /** One line of CSV per record. */
    @Kind("csv")
    @Doc("One line of CSV per record.")
    record Csv(
            @Doc("Names of the columns, in order.") List<String> columns,

            @Doc("The character between cells.") @Default(",")
            String delimiter)
            implements FormatSpec {}
}
