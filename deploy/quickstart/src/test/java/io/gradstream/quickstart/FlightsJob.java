package io.gradstream.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.broker.EmbeddedBroker;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** The job of flights.yaml on a cluster of processes: submitted, asked about, waited for. */
final class FlightsJob {
    private static final String JAR = System.getProperty("gradstream.job.jar");
    private static final Pattern JOB_ID = Pattern.compile("JobID ([0-9a-f]{32})");

    private FlightsJob() {}

    /** Submits it with Flink's command line, with more of its options, and gives the job's id. */
    static String submit(ClusterProcesses cluster, EmbeddedBroker broker, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("run", "-d"));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of(JAR, "run", FlightTopics.PIPELINE.toString()));
        String said = cluster.flink(Map.of("KAFKA_BROKERS", broker.bootstrap()), arguments.toArray(String[]::new));
        Matcher matcher = JOB_ID.matcher(said);
        assertThat(matcher.find()).as(said).isTrue();
        return matcher.group(1);
    }

    /** The job's consumer group, which follows its checkpoints, stands at the end of both topics. */
    static boolean everythingIsRead(EmbeddedBroker broker) throws Exception {
        return isRead(broker, "gradstream-flights", FlightTopics.DEPARTURES, FlightTopics.ARRIVALS);
    }

    /** A consumer group stands at the end of these topics. */
    static boolean isRead(EmbeddedBroker broker, String group, String... topics) throws Exception {
        List<TopicPartition> partitions =
                Arrays.stream(topics).map(topic -> new TopicPartition(topic, 0)).toList();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            Map<TopicPartition, OffsetAndMetadata> read = admin.listConsumerGroupOffsets(group)
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

    /** How many of a job's checkpoints were {@code completed}, {@code failed} or {@code restored}. */
    static long checkpoints(ClusterProcesses cluster, String job, String what) throws Exception {
        String counts = get(cluster, "/jobs/" + job + "/checkpoints");
        Matcher matcher = Pattern.compile("\"" + what + "\":(\\d+)").matcher(counts);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : -1;
    }

    static int freeSlots(ClusterProcesses cluster) throws Exception {
        Matcher slots = Pattern.compile("\"slots-available\":(\\d+)").matcher(get(cluster, "/overview"));
        return slots.find() ? Integer.parseInt(slots.group(1)) : 0;
    }

    static String get(ClusterProcesses cluster, String path) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(cluster.rest() + path)).build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    static ConditionFactory patiently(String what) {
        return Awaitility.await(what).atMost(Duration.ofMinutes(2)).ignoreExceptions();
    }
}
