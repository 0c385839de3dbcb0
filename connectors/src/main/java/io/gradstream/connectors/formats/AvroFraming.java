package io.gradstream.connectors.formats;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/** What precedes the Avro bytes: nothing, or Confluent's header with the id of a schema. One thread. */
final class AvroFraming {

    private static final int CONFLUENT_HEADER = 5;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final AvroFormat.Framing kind;
    private final int schemaId;
    private final Consumer<String> warn;

    /** The id of the first record. */
    private int first;

    private boolean any;
    private boolean warned;

    /**
     * @param schemaId the only id accepted in the header, or {@link AvroFormat#ANY_SCHEMA}
     * @param warn is told, once, that there are several ids where any is accepted
     */
    AvroFraming(AvroFormat.Framing kind, int schemaId, Consumer<String> warn) {
        this.kind = kind;
        this.schemaId = schemaId;
        this.warn = warn;
    }

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
        if (id != first || !any) {
            another(id);
        }
        return CONFLUENT_HEADER;
    }

    private void another(int id) {
        if (!any) {
            any = true;
            first = id;
        } else if (!warned) {
            warned = true;
            warn.accept("records with the schema ids " + first + " and " + id
                    + " came; all are read with the one schema that is named. Where their schemas differ, set schema-id to"
                    + " the id of that one, and the others become dead letters");
        }
    }
}
