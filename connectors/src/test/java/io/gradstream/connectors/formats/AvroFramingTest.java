package io.gradstream.connectors.formats;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.connectors.formats.AvroFormat.Framing;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvroFramingTest {

    /** Each id is taken to mean the one schema; that there are several is said once. */
    @ParameterizedTest
    @ValueSource(bytes = {0, 3})
    void aSecondSchemaIdIsToldOnce(byte first) throws Exception {
        List<String> told = new ArrayList<>();
        AvroFraming framing = new AvroFraming(Framing.CONFLUENT, AvroFormat.ANY_SCHEMA, told::add);
        for (byte id : new byte[] {first, first, first}) {
            assertThat(framing.skip(new byte[] {0, 0, 0, 0, id}, 0, 5)).isEqualTo(5);
        }
        assertThat(told).isEmpty();
        for (byte id : new byte[] {7, first, 8}) {
            assertThat(framing.skip(new byte[] {0, 0, 0, 0, id}, 0, 5)).isEqualTo(5);
        }
        assertThat(told).singleElement().asString().startsWith("records with the schema ids " + first + " and 7 came");
    }
}
