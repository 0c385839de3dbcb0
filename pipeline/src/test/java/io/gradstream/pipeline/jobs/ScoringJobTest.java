package io.gradstream.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.broker.EmbeddedBroker;
import io.gradstream.connectors.records.DeadLetter;
import io.gradstream.connectors.records.Prediction;
import io.gradstream.connectors.records.RawRecord;
import io.gradstream.model.Batch;
import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.examples.EventDecoder;
import io.gradstream.pipeline.examples.Example;
import io.gradstream.pipeline.examples.Reasons;
import io.gradstream.pipeline.jobs.Shop.Labels;
import io.gradstream.pipeline.score.NoModelException;
import io.gradstream.testing.GradstreamExtension;
import io.gradstream.testing.TestTopics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The scoring job between real topics, with snapshots that a main job has published. */
class ScoringJobTest {

    private static final Gauges GAUGES = new Gauges();

    @RegisterExtension
    static final GradstreamExtension GRADSTREAM = GAUGES.reportedBy(new GradstreamExtension().withTaskManagers(1, 4));

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static Snapshots snapshots;

    @TempDir
    static Path folder;

    private Shop shop;

    @BeforeAll
    static void learn() throws Exception {
        snapshots = Snapshots.learned(GRADSTREAM, folder);
        assertThat(snapshots.versions()).containsExactly(10L, 20L, 30L, 40L, 50L, 60L, 62L);
    }

    @BeforeEach
    void open(EmbeddedBroker broker, TestTopics kafka) {
        shop = Shop.open(broker, kafka, folder, 1);
        // The models learned with another rate, which is nothing to whoever only scores.
        shop.learningRate = "0.02";
    }

    @Test
    void takesANewerModelBetweenTwoEventsAndNoOther() throws Exception {
        Pipeline pipeline = pipeline("60s");
        JobClient job = start(pipeline);
        snapshots.publish(10, shop);
        AtomicInteger written = new AtomicInteger();
        ScheduledExecutorService feeder = Executors.newSingleThreadScheduledExecutor();
        try {
            feeder.scheduleAtFixedRate(() -> views(written.getAndAdd(20), 20), 0, 20, TimeUnit.MILLISECONDS);
            awaitVersion(10);
            snapshots.publish(30, shop);
            awaitVersion(30);
            snapshots.publish(20, shop);
            snapshots.publishAltered(40, shop);
            snapshots.publishTorn(50, shop);
            Awaitility.await("the older, the altered and the torn one are refused")
                    .atMost(PATIENCE)
                    .until(() -> GAUGES.value(job.getJobID(), "score", "refusedSnapshots") == 3);
            snapshots.publish(60, shop);
            awaitVersion(60);
            snapshots.publishSpoiled(62, shop);
            Awaitility.await("one with a weight that is no number is refused")
                    .atMost(PATIENCE)
                    .until(() -> GAUGES.value(job.getJobID(), "score", "refusedSnapshots") == 4);
            int seen = shop.predictions().size();
            shop.awaitPredictions(seen + 40);
        } finally {
            feeder.shutdown();
            assertThat(feeder.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        }
        List<Prediction> predictions = shop.awaitPredictions(written.get());

        assertThat(predictions).extracting(Prediction::id).containsExactly(MainJobTest.ids(0, written.get()));
        assertThat(predictions).extracting(Prediction::version).isSorted().containsOnly(10L, 30L, 60L);
        assertThat(GAUGES.value(job.getJobID(), "score", "swaps")).isEqualTo(2);
        assertThat(GAUGES.value(job.getJobID(), "score", "events")).isEqualTo(written.get());
        assertThat(Shop.attempts(GRADSTREAM.flink(), job)).isZero();
        assertThat(shop.deadLetters()).isEmpty();
        scoresAreThoseOfTheVersionTheyName(pipeline, predictions);
    }

    @Test
    void saysWhichTopicHoldsNoModelWhenNoneComes() throws Exception {
        views(0, 10);
        snapshots.publishAltered(10, shop);
        JobClient job = startOnce(pipeline("2s"), new Configuration());

        assertThatThrownBy(() -> job.getJobExecutionResult().get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .hasStackTraceContaining(NoModelException.class.getName())
                .hasStackTraceContaining("no model 'shop' came within wait-for-model = 2000 ms")
                .hasStackTraceContaining("1 snapshots were refused")
                .hasStackTraceContaining("topic '" + shop.snapshots + "'");
        assertThat(shop.predictions()).isEmpty();
    }

    @Test
    void saysWhatToDoWhenThereIsNoTopicForModels(TestTopics kafka) throws Exception {
        views(0, 10);
        try (Admin admin = Admin.create(kafka.client())) {
            admin.deleteTopics(List.of(shop.snapshots)).all().get();
        }
        JobClient job = startOnce(pipeline("2s"), new Configuration());

        assertThatThrownBy(() -> job.getJobExecutionResult().get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .hasStackTraceContaining(NoModelException.class.getName())
                .hasStackTraceContaining(
                        "there is no topic '" + shop.snapshots + "' that this user may see. Make it again")
                .hasStackTraceContaining("start the scoring job from its last checkpoint");
        assertThat(shop.predictions()).isEmpty();
    }

    /** Every event is one of the two; no prediction says NaN. */
    @Test
    void aScoreThatIsNoNumberIsADeadLetter() throws Exception {
        snapshots.publishFarOut(10, shop);
        views(0, 200);
        start(pipeline("60s"));
        Awaitility.await("200 events")
                .atMost(PATIENCE)
                .until(() -> shop.predictions().size() + shop.deadLetters().size() == 200);

        assertThat(shop.deadLetters())
                .isNotEmpty()
                .allSatisfy(letter -> assertThat(letter.reason()).isEqualTo(Reasons.SCORE_NOT_FINITE));
        assertThat(shop.predictions())
                .isNotEmpty()
                .allSatisfy(prediction -> assertThat(prediction.score(0)).isFinite());
        Stream<Long> offsets = Stream.concat(
                shop.deadLetters().stream().map(DeadLetter::offset),
                shop.predictions().stream().map(Prediction::offset));
        assertThat(offsets).doesNotHaveDuplicates().hasSize(200);
    }

    /** Two numbers in another order are the same spec, and other numbers. */
    @Test
    void refusesAModelOfOtherFeatures() throws Exception {
        views(0, 10);
        snapshots.publish(10, shop);
        JobClient job = startOnce(shop.load("""
                input: {topic: %s, format: json, id: id, time: time, start-offsets: earliest}
                features:
                  - numeric: [visits, price]
                  - {categorical: country, buckets: 64}
                label: {field: sold}
                wait-for-model: 2s
                """.formatted(shop.views)), new Configuration());

        assertThatThrownBy(() -> job.getJobExecutionResult().get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .hasStackTraceContaining("1 snapshots were refused")
                .hasStackTraceContaining("version 10 of lineage")
                .hasStackTraceContaining(
                        "learned in another pipeline: features[0].of[0] is \"visits\" here, and was \"price\"");
        assertThat(shop.predictions()).isEmpty();
    }

    /** Restored on two subtasks: both must know what one of them had served. */
    @Test
    void servesNothingOlderThanBeforeARestore(EmbeddedBroker broker, TestTopics kafka) throws Exception {
        shop = Shop.open(broker, kafka, folder, 2);
        snapshots.publish(40, shop);
        views(0, 100);
        JobClient before = start(pipeline("60s"));
        shop.awaitPredictions(100);
        Configuration further = shop.stop(before);
        views(100, 50);
        shop.write(shop.views, 1, IntStream.range(150, 200).mapToObj(Shop::view).toList());

        Shop older = shop.again();
        snapshots.publish(10, older);
        JobClient impatient = startOnce(
                older.pipeline(Labels.IN_EVENT, false, "", "parallelism: {score: 2}\nwait-for-model: 2s"), further);
        assertThatThrownBy(() -> impatient.getJobExecutionResult().get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .hasStackTraceContaining("there is version 10")
                .hasStackTraceContaining("what was served before was");
        assertThat(kafka.readUncommitted(older.predictions)).isEmpty();

        start(older.pipeline(Labels.IN_EVENT, false, "", "parallelism: {score: 2}\nwait-for-model: 60s"), further);
        snapshots.publish(50, older);
        List<Prediction> after = older.awaitPredictions(100);
        assertThat(after).extracting(Prediction::id).containsExactlyInAnyOrder(MainJobTest.ids(100, 200));
        assertThat(after).extracting(Prediction::version).containsOnly(50L);
    }

    /** Each event is scored by whoever reads its partition then. */
    @Test
    void scoresWithMoreSubtasksAndWithFewerAgain(EmbeddedBroker broker, TestTopics kafka) throws Exception {
        shop = Shop.open(broker, kafka, folder, 2);
        snapshots.publish(40, shop);
        Configuration further = new Configuration();
        int some = 300;
        int written = 0;
        for (int subtasks : new int[] {1, 2, 1}) {
            JobClient job = start(scoredBy(subtasks), further);
            for (int partition = 0; partition < 2; partition++) {
                shop.write(
                        shop.views,
                        partition,
                        IntStream.range(written, written + some)
                                .mapToObj(Shop::view)
                                .toList());
                written += some;
            }
            shop.awaitPredictions(written - some);
            further = shop.stop(job);
        }
        start(scoredBy(2), further);
        List<Prediction> predictions = shop.awaitPredictions(written);
        assertThat(predictions).extracting(Prediction::id).containsExactlyInAnyOrder(MainJobTest.ids(0, written));
        assertThat(predictions).extracting(Prediction::version).containsOnly(40L);
        assertThat(shop.deadLetters()).isEmpty();
    }

    private Pipeline scoredBy(int subtasks) throws Exception {
        return shop.pipeline(Labels.IN_EVENT, false, "", "parallelism: {score: " + subtasks + "}");
    }

    /** There is no checkpoint that would flush it, and no row after it. */
    @Test
    void aSingleEventIsScoredWhenTheInputPauses() throws Exception {
        shop.checkpointInterval = "10m";
        snapshots.publish(40, shop);
        start(shop.pipeline(Labels.IN_EVENT, false, "", "delivery: at-least-once"));
        views(0, 1);
        assertThat(shop.awaitPredictions(1)).extracting(Prediction::id).containsExactly("v0");
        views(1, 70);
        assertThat(shop.awaitPredictions(71)).extracting(Prediction::id).containsExactly(MainJobTest.ids(0, 71));
    }

    private Pipeline pipeline(String waitForModel) throws Exception {
        return shop.pipeline(Labels.IN_EVENT, false, "", "wait-for-model: " + waitForModel);
    }

    private static JobClient start(Pipeline pipeline) throws Exception {
        return start(pipeline, new Configuration());
    }

    /** It ends with its first failure. */
    private static JobClient startOnce(Pipeline pipeline, Configuration settings) throws Exception {
        Configuration once = new Configuration(settings);
        once.setString("restart-strategy.type", "none");
        return start(pipeline, once);
    }

    private static JobClient start(Pipeline pipeline, Configuration settings) throws Exception {
        StreamExecutionEnvironment env = Shop.environment();
        env.configure(settings);
        ScoringJob.build(env, pipeline);
        return env.executeAsync();
    }

    private void views(int from, int count) {
        shop.write(
                shop.views,
                0,
                IntStream.range(from, from + count).mapToObj(Shop::view).toList());
    }

    private void awaitVersion(long version) throws Exception {
        Awaitility.await("predictions of version " + version)
                .atMost(PATIENCE)
                .until(() -> shop.predictions().stream().anyMatch(prediction -> prediction.version() == version));
    }

    /** Each event scored once more, by itself and without Flink. */
    private static void scoresAreThoseOfTheVersionTheyName(Pipeline pipeline, List<Prediction> predictions)
            throws Exception {
        EventDecoder decoder = new EventDecoder(pipeline);
        for (int i = 0; i < predictions.size(); i++) {
            byte[] view = Shop.view(i).getBytes(StandardCharsets.UTF_8);
            Example example = (Example) decoder.read(new RawRecord().set(0, 0, i, 0, null, view));
            long version = predictions.get(i).version();
            Batch batch = new Batch(pipeline.features().layout(), 1);
            batch.add(example.numbers, 0, example.ids, 0);
            float[] score = new float[1];
            snapshots.model(version).scorer(1).score(batch, score);
            assertThat(predictions.get(i).score(0))
                    .as("score of v%s by version %s", i, version)
                    .isEqualTo(score[0]);
        }
    }
}
