package io.gradstream.connectors.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvroSchemasTest {

    private static boolean wasRun;

    /** A schema names it; nothing may load it. */
    @SuppressWarnings("unused")
    static final class Trap {
        static {
            wasRun = true;
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | the Avro schema is empty",
                "{\"type\": | the Avro schema is not valid JSON: line 1, column",
                "{\"type\": \"int\", \"type\": \"long\"} | Duplicate",
                "\"int\" \"long\" | the Avro schema is followed by something else, in line 1",
                "\"flight\" | the Avro schema is not valid: ",
                "{\"type\": \"record\", \"name\": \"F\"} | the Avro schema is not valid: ",
                "{\"type\": \"record\", \"name\": \"1F\", \"fields\": []} | the Avro schema is not valid: ",
                "{\"type\": \"fixed\", \"name\": \"F\", \"size\": -1} | the Avro schema is not valid: ",
                "[\"int\", \"int\"] | the Avro schema is not valid: ",
                "17 | the Avro schema is not valid: ",
            })
    void refusesWhatIsNoSchema(String json, String message) {
        assertThatThrownBy(() -> AvroSchemas.parse(json == null ? "" : json))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining(message)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void refusesDeepAndLongSchemas() {
        String deep = "{\"type\": \"array\", \"items\": ".repeat(5_000) + "\"int\"" + "}".repeat(5_000);
        assertThatThrownBy(() -> AvroSchemas.parse(deep)).isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> AvroSchemas.parse(" ".repeat(AvroSchemas.MAX_LENGTH + 1)))
                .isInstanceOf(FormatException.class)
                .hasMessage("the Avro schema has 1048577 characters; at most 1048576 are read");
    }

    @Test
    void runsNothingThatASchemaNames() throws Exception {
        String trap = "\"" + Trap.class.getName() + "\"";
        AvroFormat format = new AvroFormat(
                "{\"type\": \"record\", \"name\": \"F\", \"java-class\": " + trap
                        + ", \"fields\": [{\"name\": \"x\", \"type\": {\"type\": \"string\", \"java-class\": " + trap
                        + ", \"java-key-class\": " + trap + ", \"avro.java.string\": \"String\", \"logicalType\": "
                        + trap
                        + "}}]}",
                AvroFormat.Framing.NONE);
        assertThat(Decoded.of(format, new AvroBytesOut().text("a").bytes(), Decoded.text("x")))
                .containsExactly("a");
        assertThat(wasRun).isFalse();
    }
}
