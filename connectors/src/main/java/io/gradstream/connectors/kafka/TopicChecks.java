package io.gradstream.connectors.kafka;

import io.gradstream.connectors.kafka.KafkaChecks.MissingOutputs;
import io.gradstream.connectors.records.SnapshotChunks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the topics are there and are as they must be; makes missing output topics. */
final class TopicChecks {
    private static final Logger LOG = LoggerFactory.getLogger(TopicChecks.class);
    static final int CHUNK_WITH_FRAMING = SnapshotChunks.MAX_BYTES + 16 * 1024;

    /** Compacted, and in short segments: compaction never touches the segment that is written. */
    private static final Map<String, String> SNAPSHOTS = Map.of(
            "cleanup.policy", "compact",
            "segment.ms", "600000",
            "segment.bytes", "33554432",
            "min.cleanable.dirty.ratio", "0.1");

    private final Admin admin;
    private final KafkaChecks.Answers answers;
    private final KafkaChecks.Plan plan;
    private final Map<String, TopicDescription> found = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    TopicChecks(Admin admin, KafkaChecks.Answers answers, KafkaChecks.Plan plan) {
        this.admin = admin;
        this.answers = answers;
        this.plan = plan;
    }

    /** @param mayCreate whether nothing is wrong so far: nothing is made for a job that cannot start anyway */
    List<String> problems(boolean mayCreate) throws ExecutionException, InterruptedException, TimeoutException {
        roles();
        Set<String> missing = missing();
        for (String input : plan.inputs()) {
            if (missing.contains(input)) {
                problems.add("Input topic '" + input + "' is not there; create it, or correct its name.");
            }
        }
        if (found.containsKey(plan.outputs().snapshots())) {
            snapshots(plan.outputs().snapshots());
        }
        if (found.containsKey(plan.outputs().deadLetters())) {
            deadLetters(plan.outputs().deadLetters());
        }
        List<String> toCreate =
                plan.outputs().names().stream().filter(missing::contains).toList();
        if (plan.missing() == MissingOutputs.REFUSE) {
            toCreate.forEach(topic ->
                    problems.add("Output topic '" + topic + "' is not there; create it, or let Gradstream create it."));
        } else if (plan.missing() == MissingOutputs.CREATE && mayCreate && problems.isEmpty()) {
            create(toCreate);
        }
        return problems;
    }

    /** A topic that is read and written, or written with two kinds of records, cannot be meant. */
    private void roles() {
        Set<String> outputs = new HashSet<>();
        for (String topic : plan.outputs().names()) {
            if (plan.inputs().contains(topic)) {
                problems.add(
                        "Topic '" + topic + "' is both an input and an output; give the output a topic of its own.");
            }
            if (!outputs.add(topic)) {
                problems.add("Topic '" + topic + "' is named for two outputs; give each a topic of its own.");
            }
        }
    }

    private Set<String> missing() throws ExecutionException, InterruptedException, TimeoutException {
        Set<String> names = new LinkedHashSet<>(plan.inputs());
        names.addAll(plan.outputs().names());
        Set<String> missing = new HashSet<>();
        Map<String, KafkaFuture<TopicDescription>> descriptions =
                admin.describeTopics(names).topicNameValues();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> entry : descriptions.entrySet()) {
            try {
                found.put(entry.getKey(), answers.get(entry.getValue()));
            } catch (ExecutionException e) {
                if (e.getCause() instanceof InvalidTopicException) {
                    problems.add("'" + entry.getKey() + "' is no name for a topic; use letters, digits, '.', '_' and"
                            + " '-', 249 at most.");
                } else if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                    missing.add(entry.getKey());
                } else {
                    throw e;
                }
            }
        }
        return missing;
    }

    private void snapshots(String topic) throws ExecutionException, InterruptedException, TimeoutException {
        int partitions = found.get(topic).partitions().size();
        if (partitions != 1) {
            problems.add("Snapshots topic '" + topic + "' has " + partitions
                    + " partitions but must have one, so that chunks keep their order; use another topic.");
        }
        Map<String, String> config = config(topic);
        String cleanup = config.getOrDefault("cleanup.policy", "compact");
        if (!cleanup.equals("compact")) {
            problems.add("Snapshots topic '" + topic + "' has cleanup.policy=" + cleanup
                    + ", so its newest snapshot would be deleted some day; set cleanup.policy=compact.");
        }
        int longest = Integer.parseInt(config.getOrDefault("max.message.bytes", Integer.toString(CHUNK_WITH_FRAMING)));
        if (longest < CHUNK_WITH_FRAMING) {
            problems.add("Snapshots topic '" + topic + "' takes messages of at most " + longest
                    + " bytes, but a chunk may need " + CHUNK_WITH_FRAMING + "; raise its max.message.bytes.");
        }
    }

    /** A dead letter has the bad record's own key, which may be none, and is cut only to what the client may send. */
    private void deadLetters(String topic) throws ExecutionException, InterruptedException, TimeoutException {
        Map<String, String> config = config(topic);
        if (config.getOrDefault("cleanup.policy", "delete").contains("compact")) {
            problems.add(
                    "Dead-letter topic '" + topic + "' is compacted, but records without a key go there, which Kafka"
                            + " then refuses; set cleanup.policy=delete.");
        }
        int request = OutgoingSink.maxRecordBytes(plan.client());
        int longest = Integer.parseInt(config.getOrDefault("max.message.bytes", Integer.toString(request)));
        if (longest < request) {
            problems.add("Dead-letter topic '" + topic + "' takes messages of at most " + longest
                    + " bytes, but a dead letter may have " + request
                    + " (max.request.size); raise its max.message.bytes.");
        }
    }

    /** The topic's settings; empty when this user may not see them, which is no problem of its own. */
    private Map<String, String> config(String topic) throws ExecutionException, InterruptedException, TimeoutException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Map<String, String> values = new HashMap<>();
        try {
            Config config =
                    answers.get(admin.describeConfigs(List.of(resource)).all()).get(resource);
            config.entries().stream()
                    .filter(entry -> entry.value() != null)
                    .forEach(entry -> values.put(entry.name(), entry.value()));
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof AuthorizationException)) {
                throw e;
            }
            LOG.info(
                    "Not checked before the start: settings of topic {} ({})",
                    topic,
                    e.getCause().toString());
        }
        return values;
    }

    private void create(List<String> topics) throws InterruptedException, TimeoutException {
        Map<String, KafkaFuture<Void>> created =
                admin.createTopics(topics.stream().map(this::newTopic).toList()).values();
        for (Map.Entry<String, KafkaFuture<Void>> entry : created.entrySet()) {
            try {
                answers.get(entry.getValue());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    problems.add("Output topic '" + entry.getKey() + "' cannot be created: "
                            + e.getCause().getMessage() + "; create it yourself.");
                }
            }
        }
    }

    /** Predictions get as many partitions as the widest input, the others one. */
    private NewTopic newTopic(String name) {
        int partitions = 1;
        if (name.equals(plan.outputs().predictions())) {
            partitions = plan.inputs().stream()
                    .mapToInt(input -> found.get(input).partitions().size())
                    .max()
                    .orElse(1);
        }
        NewTopic topic = new NewTopic(name, Optional.of(partitions), Optional.empty());
        return name.equals(plan.outputs().snapshots()) ? topic.configs(SNAPSHOTS) : topic;
    }
}
