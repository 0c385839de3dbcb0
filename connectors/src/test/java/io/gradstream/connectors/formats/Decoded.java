package io.gradstream.connectors.formats;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a decoder made of a record, as plain objects: Double, String, Boolean, Long (a time), or null. */
final class Decoded {

    private Decoded() {}

    static Field number(String path) {
        return new Field(path, FieldType.NUMBER);
    }

    static Field text(String path) {
        return new Field(path, FieldType.TEXT);
    }

    static Field flag(String path) {
        return new Field(path, FieldType.BOOLEAN);
    }

    static Field time(String path) {
        return new Field(path, FieldType.TIME);
    }

    static List<Object> of(FormatSettings format, byte[] record, Field... used)
            throws FormatException, UndecodableException {
        return of(Formats.decoder(format, List.of(used)), record, List.of(used));
    }

    static List<Object> of(FormatSettings format, String record, Field... used)
            throws FormatException, UndecodableException {
        return of(format, record.getBytes(StandardCharsets.UTF_8), used);
    }

    static List<Object> of(RecordDecoder decoder, byte[] record, List<Field> used) throws UndecodableException {
        FieldValues values = new FieldValues(used.size());
        byte[] within = new byte[record.length + 7];
        Arrays.fill(within, (byte) '"');
        System.arraycopy(record, 0, within, 3, record.length);
        decoder.decode(within, 3, record.length, values);
        return objects(values, used);
    }

    static List<Object> objects(FieldValues values, List<Field> used) {
        List<Object> objects = new ArrayList<>();
        for (int i = 0; i < used.size(); i++) {
            objects.add(
                    !values.present(i)
                            ? null
                            : switch (used.get(i).type()) {
                                case NUMBER -> (Object) values.number(i);
                                case TEXT -> values.text(i);
                                case BOOLEAN -> values.flag(i);
                                case TIME -> values.time(i);
                                case NUMBERS ->
                                    throw new IllegalArgumentException("lists are looked at by AvroListsTest");
                            });
        }
        return objects;
    }
}
