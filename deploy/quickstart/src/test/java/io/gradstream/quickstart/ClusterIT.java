package io.gradstream.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.broker.EmbeddedBroker;
import io.gradstream.pipeline.replay.ReplayResult;
import io.gradstream.quickstart.feed.FlightFeeder;
import io.gradstream.quickstart.feed.Flights;
import io.gradstream.testing.GradstreamExtension;
import io.gradstream.testing.TestTopics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged jar on a standalone cluster of real processes: submitted with Flink's command line, its TaskManager killed in the
 * middle, stopped with a drain. What it wrote is what a replay of the same flights gives, to the bit.
 */
class ClusterIT {

    @RegisterExtension
    static final GradstreamExtension GRADSTREAM = new GradstreamExtension().withoutFlink();

    private static final String JAR = System.getProperty("gradstream.job.jar");
    private static final int N = 20_000;
    private static final Duration PACE = Duration.ofSeconds(15);
    private static final Pattern JOB_ID = Pattern.compile("JobID ([0-9a-f]{32})");

    @TempDir
    Path folder;

    @Test
    void doesTheSameWorkAndSurvivesKillMinusNine(EmbeddedBroker broker, TestTopics kafka) throws Exception {
        broker.createTopic(FlightTopics.DEPARTURES, 1, Map.of("retention.ms", "-1"));
        broker.createTopic(FlightTopics.ARRIVALS, 1, Map.of("retention.ms", "-1"));
        ClusterProcesses cluster = new ClusterProcesses(folder.resolve("cluster"));
        try (cluster) {
            cluster.start();
            patiently("a TaskManager").until(() -> freeSlots(cluster) == 1);
            String job = submit(cluster, broker);
            feedAndKill(cluster, broker, kafka);
            patiently("everything is in a checkpoint").until(() -> everythingIsRead(broker));
            cluster.flink(
                    Map.of(), "stop", "--drain", "-p", folder.resolve("end").toString(), job);
            assertThat(get(cluster, "/jobs/" + job)).contains("\"state\":\"FINISHED\"");
        } catch (Exception | AssertionError e) {
            e.addSuppressed(new AssertionError(cluster.logs()));
            throw e;
        }
        assertThat(cluster.alive()).isEmpty();

        FlightTopics topics = new FlightTopics(kafka);
        assertThat(topics.predicted())
                .containsExactlyElementsOf(
                        IntStream.range(0, N).mapToObj(Integer::toString).toList());
        assertThat(kafka.read(FlightTopics.DEAD_LETTERS)).isEmpty();
        ReplayResult replay = FlightTopics.replay(folder, N);
        assertThat(topics.evaluation().examples()).isEqualTo(N).isEqualTo(replay.examples());
        assertThat(topics.evaluation().metrics()).isEqualTo(replay.metrics());
        assertThat(topics.weights())
                .isEqualTo(
                        FlightTopics.weights(Files.readAllBytes(replay.folder().resolve(ReplayResult.MODEL))));
    }

    private static String submit(ClusterProcesses cluster, EmbeddedBroker broker) throws Exception {
        String said = cluster.flink(
                Map.of("KAFKA_BROKERS", broker.bootstrap()), "run", "-d", JAR, "run", FlightTopics.PIPELINE.toString());
        Matcher matcher = JOB_ID.matcher(said);
        assertThat(matcher.find()).as(said).isTrue();
        return matcher.group(1);
    }

    /** Flights leave and land, and in their middle the TaskManager dies and another one comes. */
    private static void feedAndKill(ClusterProcesses cluster, EmbeddedBroker broker, TestTopics kafka)
            throws Exception {
        try (FlightFeeder feeder = new FlightFeeder(
                Flights.read(FlightTopics.DATA, N),
                broker.bootstrap(),
                FlightTopics.DEPARTURES,
                FlightTopics.ARRIVALS,
                PACE)) {
            feeder.start();
            kafka.await(FlightTopics.PREDICTIONS, 1);
            cluster.killTaskManager();
            assertThat(kafka.read(FlightTopics.PREDICTIONS))
                    .as("committed when it died")
                    .hasSizeLessThan(N);
            cluster.startTaskManager();
            patiently("all flights are sent").until(feeder::isDone);
        }
    }

    /** The job's consumer group, which follows its checkpoints, stands at the end of both topics. */
    private static boolean everythingIsRead(EmbeddedBroker broker) throws Exception {
        List<TopicPartition> partitions =
                List.of(new TopicPartition(FlightTopics.DEPARTURES, 0), new TopicPartition(FlightTopics.ARRIVALS, 0));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            Map<TopicPartition, OffsetAndMetadata> read = admin.listConsumerGroupOffsets("gradstream-flights")
                    .partitionsToOffsetAndMetadata()
                    .get();
            for (TopicPartition partition : partitions) {
                ListOffsetsResultInfo end = admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                        .partitionResult(partition)
                        .get();
                if (read.get(partition) == null || read.get(partition).offset() < end.offset()) {
                    return false;
                }
            }
            return true;
        }
    }

    private static int freeSlots(ClusterProcesses cluster) throws Exception {
        Matcher slots = Pattern.compile("\"slots-available\":(\\d+)").matcher(get(cluster, "/overview"));
        return slots.find() ? Integer.parseInt(slots.group(1)) : 0;
    }

    private static String get(ClusterProcesses cluster, String path) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(cluster.rest() + path)).build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static ConditionFactory patiently(String what) {
        return Awaitility.await(what).atMost(Duration.ofMinutes(2)).ignoreExceptions();
    }
}
