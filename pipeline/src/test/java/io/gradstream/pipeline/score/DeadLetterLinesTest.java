package io.gradstream.pipeline.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.connectors.records.Outgoing;
import io.gradstream.connectors.records.OutgoingTypeInfo;
import io.gradstream.connectors.records.RawRecord;
import io.gradstream.connectors.records.Snapshot;
import io.gradstream.connectors.records.SnapshotManifest;
import io.gradstream.model.Learner;
import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.config.PipelineFile;
import io.gradstream.pipeline.examples.EventDecoder;
import io.gradstream.pipeline.examples.Incoming;
import io.gradstream.pipeline.learn.ChainedLearnOperator;
import io.gradstream.pipeline.learn.DeadLetterLines;
import io.gradstream.pipeline.learn.LogLines;
import io.gradstream.pipeline.learn.Start;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that are refused are lines in the log of the operator that refuses them, seldom enough, and say nothing of what is in them. */
class DeadLetterLinesTest {
    private static final String REFUSED = " since this start; the last is views-0@";

    @TempDir
    Path folder;

    @ParameterizedTest(name = "scoring: {0}")
    @ValueSource(booleans = {false, true})
    void eachReasonHasItsLines(boolean scoring) throws Exception {
        Pipeline pipeline = load();
        try (LogLines log = LogLines.of(DeadLetterLines.class);
                var run = new OneInputStreamOperatorTestHarness<>(scoring ? scoring(pipeline) : learning(pipeline))) {
            run.setup(OutgoingTypeInfo.INSTANCE.createSerializer(new SerializerConfigImpl()));
            run.open();
            EventDecoder events = new EventDecoder(pipeline);
            List<String> values = List.of("secret", "secret", "secret", "secret", "{\"price\":1}");
            for (int i = 0; i < values.size(); i++) {
                byte[] value = values.get(i).getBytes(StandardCharsets.UTF_8);
                run.processElement(events.read(new RawRecord().set(0, 0, i, 0, null, value)), 0);
            }
            assertThat(log.lines()).hasSize(4).noneMatch(line -> line.contains("secret"));
            assertThat(log.lines().get(0)).startsWith("1 records were refused as undecodable" + REFUSED + "0. Each is");
            assertThat(log.lines().get(1)).startsWith("2 records were refused as undecodable" + REFUSED + "1. Each is");
            assertThat(log.lines().get(2)).startsWith("4 records were refused as undecodable" + REFUSED + "3. Each is");
            assertThat(log.lines().get(3)).startsWith("1 records were refused as missing-id" + REFUSED + "4. Each is");
        }
    }

    private static OneInputStreamOperator<Incoming, Outgoing> learning(Pipeline pipeline) {
        return new ChainedLearnOperator(pipeline, of -> Start.scratch(Learner.create(of.model(), of.guard())));
    }

    private static OneInputStreamOperator<Incoming, Outgoing> scoring(Pipeline pipeline) {
        byte[] bytes = Learner.create(pipeline.model()).snapshot(pipeline.about());
        SnapshotManifest manifest = new SnapshotManifest(
                pipeline.name(), "lineage", 0, pipeline.model().hash(), 1, bytes.length, "", 0, Map.of());
        return new ScoreOperator(pipeline, listener -> {
            listener.accepted(new Snapshot(manifest, bytes));
            listener.caughtUp();
            return () -> {};
        });
    }

    private Pipeline load() throws Exception {
        Path file = Files.writeString(folder.resolve("p.yaml"), """
                name: shop
                warm-up: 0s
                input: {topic: views, format: json, id: id}
                features: [{numeric: price}]
                label: {field: sold}
                task: binary
                output: {predictions: p, dead-letters: d}
                """);
        return PipelineFile.loadWithoutKafka(file).pipeline();
    }
}
