package io.gradstream.connectors.formats;

import java.util.Objects;

/** What all decoders do at their edges. */
final class Decoding {

    private Decoding() {}

    /** Refuses a caller's mistake; the content of the bytes is not looked at. */
    static void check(byte[] bytes, int at, int length, FieldValues into, int columns) {
        Objects.checkFromIndexSize(at, length, bytes.length);
        if (into.size() != columns) {
            throw new IllegalArgumentException(
                    "the decoder reads " + columns + " fields, the columns are " + into.size());
        }
    }

    /** "field 'distance' needs 4 bytes where 2 are left". */
    static UndecodableException inField(String path, String problem) {
        return new UndecodableException((path.isEmpty() ? "the record " : "field '" + path + "' ") + problem);
    }

    /** What the library that reads a format did not expect itself. */
    static UndecodableException unexpected(RuntimeException e) {
        return new UndecodableException("the record cannot be decoded: " + e);
    }
}
