package io.gradstream.connectors.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.connectors.formats.AvroFormat.Framing;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of numbers, written by Avro itself, in blocks with and without their size. */
class AvroListsTest {
    private static final List<Field> USED =
            List.of(new Field("x", FieldType.NUMBERS), new Field("y", FieldType.NUMBER));

    private static String schema(String type) {
        return "{\"type\": \"record\", \"name\": \"R\", \"fields\": [{\"name\": \"x\", \"type\": " + type
                + "}, {\"name\": \"y\", \"type\": \"int\"}]}";
    }

    private static byte[] write(String type, Object list, boolean sized) throws Exception {
        Schema schema = new Schema.Parser().parse(schema(type));
        GenericData.Record record = new GenericData.Record(schema);
        record.put("x", list);
        record.put("y", 42);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        EncoderFactory factory = new EncoderFactory().configureBlockSize(64);
        BinaryEncoder encoder = sized ? factory.blockingBinaryEncoder(bytes, null) : factory.binaryEncoder(bytes, null);
        new GenericDatumWriter<Object>(schema).write(record, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    private static double[] read(String type, byte[] bytes) throws Exception {
        FieldValues values = new FieldValues(2);
        Formats.decoder(new AvroFormat(schema(type), Framing.NONE), USED).decode(bytes, 0, bytes.length, values);
        assertThat(values.number(1)).isEqualTo(42);
        return values.present(0)
                ? Arrays.copyOfRange(values.list(), values.listStart(0), values.listStart(0) + values.listLength(0))
                : null;
    }

    @ParameterizedTest
    @CsvSource({"float,0", "float,3", "float,100", "double,50", "int,100", "long,70"})
    void arraysOfNumbers(String item, int count) throws Exception {
        List<Object> list = new ArrayList<>();
        double[] wanted = new double[count];
        for (int i = 0; i < count; i++) {
            wanted[i] = i - 20;
            list.add(
                    switch (item) {
                        case "float" -> (Object) (float) wanted[i];
                        case "double" -> (Object) wanted[i];
                        case "int" -> (Object) (int) wanted[i];
                        default -> (Object) (long) wanted[i];
                    });
        }
        String type = "{\"type\": \"array\", \"items\": \"" + item + "\"}";
        assertThat(read(type, write(type, list, false))).isEqualTo(wanted);
        assertThat(read(type, write(type, list, true))).isEqualTo(wanted);
    }

    @Test
    void arraysOfArraysAreReadOneAfterAnother() throws Exception {
        String type = "{\"type\": \"array\", \"items\": {\"type\": \"array\", \"items\": \"float\"}}";
        List<List<Float>> list = List.of(List.of(1f, 2f), List.of(), List.of(3f, 4f));
        assertThat(read(type, write(type, list, true))).containsExactly(1, 2, 3, 4);
    }

    @Test
    void bytesAreNumbersFromZeroTo255() throws Exception {
        assertThat(read("\"bytes\"", write("\"bytes\"", ByteBuffer.wrap(new byte[] {0, 127, -1}), false)))
                .containsExactly(0, 127, 255);
    }

    @Test
    void aListMayBeMissing() throws Exception {
        String type = "[\"null\", {\"type\": \"array\", \"items\": \"float\"}]";
        assertThat(read(type, write(type, null, false))).isNull();
        assertThat(read(type, write(type, List.of(5f), false))).containsExactly(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"string\"",
                "{\"type\": \"array\", \"items\": \"string\"}",
                "{\"type\": \"map\", \"values\": \"float\"}"
            })
    void anythingElseIsRefusedBeforeTheStart(String type) {
        assertThatThrownBy(() -> Formats.decoder(new AvroFormat(schema(type), Framing.NONE), USED))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("a list of numbers was wanted");
    }

    @Test
    void lengthsThatLieAreRefused() throws Exception {
        String type = "{\"type\": \"array\", \"items\": \"float\"}";
        byte[] huge = new AvroBytesOut().number(1L << 40).float32(1).bytes();
        assertThatThrownBy(() -> read(type, huge)).isInstanceOf(UndecodableException.class);
        byte[] least =
                new AvroBytesOut().number(Long.MIN_VALUE).number(4).float32(1).bytes();
        assertThatThrownBy(() -> read(type, least)).isInstanceOf(UndecodableException.class);
    }
}
