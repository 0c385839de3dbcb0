package io.gradstream.connectors.records;

/** A string that comes again with nearly every record, such as a topic's name, and its encoding. */
final class EncodedString {
    private String last;
    private byte[] bytes;

    /** The Avro encoding of the string, length first. Comparing the reference is enough nearly always. */
    @SuppressWarnings("ReferenceEquality")
    byte[] of(String text) {
        if (text != last) {
            bytes = new AvroWriter().writeString(text).toBytes();
            last = text;
        }
        return bytes;
    }
}
