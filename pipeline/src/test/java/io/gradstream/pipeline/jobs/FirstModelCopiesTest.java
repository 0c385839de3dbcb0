package io.gradstream.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.connectors.records.OutgoingTypeInfo;
import io.gradstream.model.Learner;
import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.config.PipelineFile;
import io.gradstream.pipeline.examples.DecodeOperator;
import io.gradstream.pipeline.learn.ChainedLearnOperator;
import io.gradstream.pipeline.score.ScoreOperator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The snapshot of {@code start-from: FILE} goes with the learner, and is in no subtask that has no use for it. */
class FirstModelCopiesTest {

    @TempDir
    Path folder;

    @Test
    void onlyTheLearnerHasTheSnapshot() throws Exception {
        Pipeline scratch = load("scratch");
        byte[] snapshot = Learner.create(scratch.model()).snapshot(scratch.about());
        Files.write(folder.resolve("first.safetensors"), snapshot);
        Pipeline begun = load("first.safetensors");
        assertThat(bytes(begun)).isGreaterThan(bytes(scratch) + snapshot.length);
        assertThat(bytes(DecodeOperator.events(begun))).isEqualTo(bytes(DecodeOperator.events(scratch)));
        assertThat(bytes(new ScoreOperator(begun, null))).isEqualTo(bytes(new ScoreOperator(scratch, null)));
    }

    @Test
    void theLearnerKeepsNoneOnceItHasBegun() throws Exception {
        Pipeline scratch = load("scratch");
        Learner first = Learner.create(scratch.model());
        byte[] snapshot = first.snapshot(scratch.about());
        Files.write(folder.resolve("first.safetensors"), snapshot);
        Pipeline begun = load("first.safetensors");
        ChainedLearnOperator operator = new ChainedLearnOperator(begun, FirstModels.asSaidBy(begun));
        assertThat(bytes(operator)).isGreaterThan(snapshot.length);
        try (var harness = new OneInputStreamOperatorTestHarness<>(operator)) {
            harness.setup(OutgoingTypeInfo.INSTANCE.createSerializer(new SerializerConfigImpl()));
            harness.initializeEmptyState();
            harness.open();
            assertThat(bytes(operator)).isEqualTo(bytes(new ChainedLearnOperator(scratch, null)));
        }
    }

    private static int bytes(Object serializable) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(serializable);
        }
        return bytes.size();
    }

    private Pipeline load(String from) throws IOException {
        Path file = Files.writeString(folder.resolve("p.yaml"), """
                name: shop
                input: {topic: views, format: json}
                features: [{numeric: price}]
                label: {field: sold}
                task: binary
                start-from: %s
                output: {predictions: p, dead-letters: d}
                """.formatted(from));
        return PipelineFile.loadWithoutKafka(file).pipeline();
    }
}
