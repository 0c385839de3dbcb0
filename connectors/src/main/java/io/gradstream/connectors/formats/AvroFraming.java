package io.gradstream.connectors.formats;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * What precedes the Avro bytes.
 *
 * @param kind nothing, or Confluent's header
 * @param schemaId the only id accepted in the header, or {@link AvroFormat#ANY_SCHEMA}
 */
record AvroFraming(AvroFormat.Framing kind, int schemaId) {

    private static final int CONFLUENT_HEADER = 5;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    /** Checks the header and returns its length. */
    int skip(byte[] bytes, int at, int length) throws UndecodableException {
        if (kind == AvroFormat.Framing.NONE) {
            return 0;
        }
        if (length < CONFLUENT_HEADER) {
            throw new UndecodableException("the record has " + length + " bytes; Confluent's header alone has 5");
        }
        if (bytes[at] != 0) {
            throw new UndecodableException(
                    "the record does not begin with Confluent's zero byte, but with " + (bytes[at] & 0xFF));
        }
        int id = (int) INT.get(bytes, at + 1);
        if (schemaId != AvroFormat.ANY_SCHEMA && id != schemaId) {
            throw new UndecodableException("the record has the schema id " + id + "; " + schemaId + " was wanted");
        }
        return CONFLUENT_HEADER;
    }
}
