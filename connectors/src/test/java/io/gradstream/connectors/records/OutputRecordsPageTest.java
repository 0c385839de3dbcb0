package io.gradstream.connectors.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page for users lists every field of every schema, in order and with its type. */
class OutputRecordsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "output-records.md");

    @ParameterizedTest
    @ValueSource(
            classes = {Prediction.class, Evaluation.class, DeadLetter.class, SnapshotChunk.class, SnapshotManifest.class
            })
    void hasTheFieldsOfTheSchema(Class<? extends Outgoing> kind) throws IOException {
        List<String> wanted = new ArrayList<>();
        for (Schema.Field field :
                new Schema.Parser().parse(AvroRecords.schema(kind)).getFields()) {
            assertThat(field.doc()).as("doc of " + field.name()).isNotBlank();
            wanted.add("| `" + field.name() + "` | " + type(field.schema()) + " |");
        }
        assertThat(fields(kind.getSimpleName())).containsExactlyElementsOf(wanted);
    }

    /** First two cells of each row of the field table below the record's heading. */
    private static List<String> fields(String record) throws IOException {
        List<String> rows = new ArrayList<>();
        boolean inSection = false;
        boolean inTable = false;
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("#")) {
                inSection = line.endsWith(" " + record);
                inTable = false;
            } else if (inSection && line.startsWith("| field |")) {
                inTable = true;
            } else if (inTable && line.startsWith("| `")) {
                rows.add(line.substring(0, line.indexOf('|', line.indexOf('|', 1) + 1) + 1));
            }
        }
        return rows;
    }

    private static String type(Schema schema) {
        return switch (schema.getType()) {
            case ARRAY -> "array of " + type(schema.getElementType());
            case MAP -> "map of " + type(schema.getValueType());
            case UNION ->
                type(schema.getTypes().get(0)) + " or " + type(schema.getTypes().get(1));
            default ->
                schema.getLogicalType() == null
                        ? schema.getType().getName()
                        : schema.getType().getName() + " ("
                                + schema.getLogicalType().getName() + ")";
        };
    }
}
