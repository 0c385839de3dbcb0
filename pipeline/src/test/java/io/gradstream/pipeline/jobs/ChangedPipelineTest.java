package io.gradstream.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.broker.EmbeddedBroker;
import io.gradstream.connectors.records.Prediction;
import io.gradstream.connectors.records.Snapshot;
import io.gradstream.model.Model;
import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.learn.LogLines;
import io.gradstream.pipeline.learn.SavedLearner;
import io.gradstream.testing.GradstreamExtension;
import io.gradstream.testing.TestTopics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A job that is stopped with a savepoint, and is to go on from it with another pipeline file. */
class ChangedPipelineTest {

    @RegisterExtension
    static final GradstreamExtension GRADSTREAM = new GradstreamExtension().withTaskManagers(1, 4);

    private static final String MODEL = "{preset: mlp, hidden: [8], embedding: 4}";
    private static final String NUMBERS = "[price, visits]";

    /** 15 mini-batches of 32, and 20 rows of the next. */
    private static final int BEFORE = 500;

    /** With 4 of those rows 29 mini-batches of 16, and 6 rows of the next. */
    private static final int AFTER = 466;

    @TempDir
    Path folder;

    private Shop shop;
    private Configuration further;

    @BeforeEach
    void stop(EmbeddedBroker broker, TestTopics kafka) throws Exception {
        shop = Shop.open(broker, kafka, folder, 1);
        JobClient job = Shop.run(pipeline(MODEL, NUMBERS, ""));
        write(0, BEFORE);
        shop.awaitPredictions(BEFORE);
        further = shop.stop(job);
    }

    /** The 20 rows are a mini-batch of the new size at once, and 4 rows of the next. */
    @Test
    void goesOnWhereOnlyStepsAreMadeOtherwise() throws Exception {
        String lineage = shop.lastSnapshot().manifest().lineage();
        shop.learningRate = "0.02";
        shop.batchSize = 16;
        try (LogLines log = LogLines.of(SavedLearner.class)) {
            Shop.run(pipeline(MODEL, NUMBERS, "clipping: {norm: 1}\nschedule: {type: step, every: 100}"), further);
            write(BEFORE, BEFORE + AFTER);
            List<Prediction> predictions = shop.awaitPredictions(BEFORE + AFTER);
            assertThat(predictions).extracting(Prediction::id).containsExactly(MainJobTest.ids(0, BEFORE + AFTER));
            assertThat(predictions).extracting(Prediction::lineage).containsOnly(lineage);
            assertThat(predictions.get(BEFORE).version()).isEqualTo(16);
            assertThat(predictions.get(BEFORE + AFTER - 1).version()).isEqualTo(45);
            assertThat(log.lines())
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .contains("learning-rate 0.1 → 0.02", "clipping.norm 0.0 → 1.0", "batch-size 32 → 16")
                            .contains("schedule"));
        }
        shop.awaitVersion(40);
        Snapshot last = shop.lastSnapshot();
        assertThat(last.manifest().lineage()).isEqualTo(lineage);
        assertThat(Model.read(last.bytes()).spec().batchSize()).isEqualTo(16);
    }

    /** Nothing is read then, nor written: the file as it was goes on from the same savepoint. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{preset: mlp, hidden: [16], embedding: 4} | [price, visits] | units: wanted 16, the snapshot has 8",
                "{preset: mlp, hidden: [8], embedding: 4} | [visits, price] | features[0].of[0] is \"visits\" here, and was \"price\"",
            })
    void isRefusedWithWhatIsAnotherModel(String model, String numbers, String difference) throws Exception {
        Configuration once = new Configuration(further);
        once.setString("restart-strategy.type", "none");
        write(BEFORE, BEFORE + AFTER);
        JobClient job = Shop.run(pipeline(model, numbers, ""), once);
        assertThatThrownBy(() -> job.getJobExecutionResult().get(60, TimeUnit.SECONDS))
                .hasStackTraceContaining("the model in the checkpoint cannot be gone on from: ")
                .hasStackTraceContaining(difference)
                .hasStackTraceContaining("Use the pipeline that it learned in");
        assertThat(shop.predictions()).hasSize(BEFORE);

        Shop.run(pipeline(MODEL, NUMBERS, ""), further);
        assertThat(shop.awaitPredictions(BEFORE + AFTER))
                .extracting(Prediction::id)
                .containsExactly(MainJobTest.ids(0, BEFORE + AFTER));
    }

    private Pipeline pipeline(String model, String numbers, String more) throws IOException {
        return shop.load(model, """
                input: {topic: %s, format: json, id: id, time: time, start-offsets: earliest}
                features:
                  - numeric: %s
                  - {categorical: country, buckets: 64}
                label: {field: sold}
                %s
                """.formatted(shop.views, numbers, more));
    }

    private void write(int from, int to) {
        shop.write(
                shop.views,
                0,
                IntStream.range(from, to).mapToObj(Shop::labelledView).toList());
    }
}
