package io.gradstream.pipeline.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.connectors.records.RawRecord;
import io.gradstream.pipeline.config.PipelineFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ids that are the records' keys. */
class RecordKeyTest {

    private static final String PIPELINE = """
            name: keys
            input: {topic: in, format: json, id: record-key, time: t}
            features: [{numeric: [x]}]
            label: {field: y}
            task: binary
            output: {predictions: out, dead-letters: dead}
            """;

    @TempDir
    Path folder;

    @Test
    void aKeyThatIsTextIsTheId() throws Exception {
        for (String id : new String[] {"a", "€", "\uD83D\uDE00", "\uFFFD"}) {
            assertThat(read(id.getBytes(StandardCharsets.UTF_8)).id()).isEqualTo(id);
        }
    }

    /** As text both would be the same id, and one event's label would be learned for the other. */
    @Test
    void aKeyThatIsNoTextIsADeadLetterAndNotTheIdOfAnother() throws Exception {
        for (byte[] key : new byte[][] {{(byte) 0x80}, {(byte) 0x81}, {'a', (byte) 0xE2, (byte) 0x82}}) {
            Incoming row = read(key);
            assertThat(row).isInstanceOf(BadRecord.class);
            assertThat(((BadRecord) row).content().reason()).isEqualTo("id-not-utf8");
            assertThat(((BadRecord) row).content().message())
                    .isEqualTo("the id from the record's key is not UTF-8 text; name a field as the id instead");
            assertThat(((BadRecord) row).content().key()).isEqualTo(key);
        }
    }

    private Incoming read(byte[] key) throws Exception {
        byte[] value = "{\"t\":1700000000000,\"x\":1,\"y\":1}".getBytes(StandardCharsets.UTF_8);
        return new EventDecoder(PipelineFile.loadWithoutKafka(file()).pipeline())
                .read(new RawRecord().set(0, 0, 5, 0, key, value));
    }

    private Path file() throws IOException {
        return Files.writeString(folder.resolve("keys.yaml"), PIPELINE);
    }
}
