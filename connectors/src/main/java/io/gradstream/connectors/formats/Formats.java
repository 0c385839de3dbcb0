package io.gradstream.connectors.formats;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes decoders from settings. */
public final class Formats {

    private static final Logger LOG = LoggerFactory.getLogger(Formats.class);

    private Formats() {}

    /**
     * Compiles the settings and the used fields into a decoder.
     *
     * @param format how the bytes are to be read
     * @param used the fields to read, each at its index in {@link FieldValues}; a path may occur with several types
     * @throws FormatException when the schema or the columns lack a used field, or have it as another type
     */
    public static RecordDecoder decoder(FormatSettings format, List<Field> used) throws FormatException {
        if (format instanceof AvroFormat avro) {
            AvroPlan plan = AvroCompiler.compile(AvroSchemas.parse(avro.schemaJson()), used);
            return new AvroDecoder(plan, new AvroFraming(avro.framing(), avro.schemaId(), LOG::warn), used.size());
        }
        if (format instanceof CsvFormat csv) {
            return new CsvDecoder(csv, used);
        }
        return new JsonDecoder(used);
    }
}
