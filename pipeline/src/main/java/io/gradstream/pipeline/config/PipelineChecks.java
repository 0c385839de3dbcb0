package io.gradstream.pipeline.config;

import io.gradstream.connectors.kafka.ClientChecks;
import io.gradstream.connectors.kafka.KafkaSources;
import io.gradstream.connectors.kafka.OutgoingSink;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What can be wrong with a pipeline by its keys alone. */
final class PipelineChecks {

    /** Key groups of every job, and so the most subtasks. */
    private static final int MAX_PARALLELISM = 128;

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");

    private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");
    private static final List<String> ONLY_WITH_TOPIC = List.of(
            "format", "id", "time", "out-of-orderness", "max-ahead", "idle-after", "wait", "default", "max-waiting");
    private static final Set<String> SET_BY_GRADSTREAM = Set.of(
            "key.serializer",
            "value.serializer",
            "key.deserializer",
            "value.deserializer",
            "transactional.id",
            "enable.auto.commit");

    private final PipelineSpec spec;
    private final Section tree;
    private final boolean withKafka;
    private final Problems problems;
    private final Map<String, String> topics = new HashMap<>();

    PipelineChecks(PipelineSpec spec, Section tree, boolean withKafka, Problems problems) {
        this.spec = spec;
        this.tree = tree;
        this.withKafka = withKafka;
        this.problems = problems;
    }

    void run() {
        if (!NAME.matcher(spec.name()).matches()) {
            problem(
                    "name",
                    "wanted at most 100 lower-case letters, digits, '.', '_' and '-', was \"" + spec.name() + "\"");
        }
        if (spec.features().isEmpty()) {
            problem("features", "needs at least one feature");
        }
        topics();
        labels();
        maxAhead("input", spec.input().time(), spec.input().maxAhead().isPresent());
        if (!spec.label().topic().isEmpty()) {
            maxAhead("label", spec.label().time(), spec.label().maxAhead().isPresent());
        }
        parallelism();
        delivery();
        if (withKafka) {
            kafka();
        }
    }

    private void topics() {
        topics(List.of("input", "topic"), spec.input().topic());
        topics(List.of("label", "topic"), spec.label().topic());
        if (spec.input().topic().isEmpty()) {
            problems.add(List.of("input", "topic"), "names no topic");
        }
        topic(List.of("output", "predictions"), spec.output().predictions());
        spec.output().snapshots().ifPresent(each -> topic(List.of("output", "snapshots"), each.topic()));
        spec.output().metrics().ifPresent(each -> topic(List.of("output", "metrics"), each.topic()));
        topic(List.of("output", "dead-letters"), spec.output().deadLetters());
    }

    private void topics(List<?> at, List<String> names) {
        names.forEach(name -> topic(at, name));
    }

    private void topic(List<?> at, String name) {
        if (!TOPIC.matcher(name).matches() || name.equals(".") || name.equals("..")) {
            problems.add(at, "a topic has at most 249 letters, digits, '.', '_' and '-', was \"" + name + "\"");
        }
        String path = String.join(".", at.stream().map(String::valueOf).toList());
        String other = topics.putIfAbsent(name, path);
        if (other != null) {
            problems.add(at, "topic '" + name + "' is already that of " + other + "; each needs its own");
        }
    }

    private void labels() {
        boolean apart = !spec.label().topic().isEmpty();
        boolean remembers = tree.get("input") instanceof Section input && input.containsKey("remember-ids");
        if (remembers && (apart || spec.input().id().equals(PipelineCompiler.ORIGIN))) {
            problems.add(
                    List.of("input", "remember-ids"),
                    apart
                            ? "is for labels in the event; those of a topic are joined, which remembers ids for label.wait"
                            : "an event's origin never comes again; give input.id or leave it out");
        }
        if (apart) {
            if (spec.label().id().isEmpty()) {
                problems.add(
                        List.of("label", "id"),
                        "must be given with label.topic: the field with the event's id, or record-key");
            }
        } else if (tree.get("label") instanceof Section label) {
            for (String key : ONLY_WITH_TOPIC) {
                if (label.containsKey(key)) {
                    problems.add(
                            List.of("label", key),
                            "is for labels on a topic of their own; add label.topic or leave it out");
                }
            }
        }
    }

    private void maxAhead(String section, String time, boolean given) {
        if (given && time.equals(PipelineCompiler.RECORD_TIMESTAMP)) {
            problems.add(
                    List.of(section, "max-ahead"),
                    "is for a time in a field; the broker bounds a record's own, with message.timestamp.after.max.ms");
        }
    }

    private void parallelism() {
        if (spec.parallelism().learn() != 1) {
            problems.add(
                    List.of("parallelism", "learn"),
                    "learning runs at parallelism 1 in this version, was "
                            + spec.parallelism().learn() + "; scoring is parallel: parallelism.score");
        }
        if (spec.parallelism().decode() != 1 && spec.label().topic().isEmpty()) {
            problems.add(
                    List.of("parallelism", "decode"),
                    "a pipeline with the label in the event is one chain at parallelism 1; leave it out");
        }
        subtasks("decode", spec.parallelism().decode());
        subtasks("score", spec.parallelism().score());
    }

    private void subtasks(String key, int count) {
        if (count < 1 || count > MAX_PARALLELISM) {
            problems.add(List.of("parallelism", key), "must be between 1 and " + MAX_PARALLELISM + ", was " + count);
        }
    }

    private void delivery() {
        if (spec.checkpointInterval().isEmpty()) {
            return;
        }
        Duration interval = spec.checkpointInterval().get();
        if (interval.toMillis() < 10) {
            problem("checkpoint-interval", "must be at least 10ms, was " + interval.toMillis() + "ms");
        }
        OutgoingSink.intervalProblem(interval.toMillis(), spec.kafka())
                .ifPresent(problem -> problem("checkpoint-interval", problem));
    }

    private void kafka() {
        if (spec.kafka().getOrDefault("bootstrap.servers", "").isBlank()) {
            problems.add(List.of("kafka", "bootstrap.servers"), "must be given, such as localhost:9092");
        }
        for (String key : spec.kafka().keySet()) {
            if (SET_BY_GRADSTREAM.contains(key)) {
                problems.add(List.of("kafka", key), "is set by Gradstream; leave it out");
            }
        }
        KafkaSources.problems(spec.kafka()).forEach((key, problem) -> problems.add(List.of("kafka", key), problem));
        if (!problems.any()) {
            ClientChecks.problems(spec.kafka(), spec.delivery())
                    .forEach((key, problem) ->
                            problems.add(key.isEmpty() ? List.of("kafka") : List.of("kafka", key), problem));
        }
    }

    private void problem(String key, String problem) {
        problems.add(List.of(key), problem);
    }
}
