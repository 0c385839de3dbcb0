package io.gradstream.connectors.formats;

/** Reads the used fields out of one record's bytes. Not thread-safe: holds buffers, one per thread. */
public interface RecordDecoder {

    /**
     * Clears {@code into} and fills it with the record's used fields, in the order in which they were asked for. The
     * record must end exactly where the bytes end.
     *
     * @param bytes holds the record; not kept
     * @param at where it begins
     * @param length how many bytes it has
     * @param into as many columns as fields are used; its content is undefined after an exception
     * @throws UndecodableException when the bytes are not such a record; nothing else is thrown for any content
     */
    void decode(byte[] bytes, int at, int length, FieldValues into) throws UndecodableException;
}
