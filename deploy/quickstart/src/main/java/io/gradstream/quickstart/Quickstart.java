package io.gradstream.quickstart;

import io.gradstream.broker.EmbeddedBroker;
import io.gradstream.connectors.kafka.OutputTopics;
import io.gradstream.connectors.records.Evaluation;
import io.gradstream.model.Task;
import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.config.PipelineFile;
import io.gradstream.pipeline.jobs.MainJob;
import io.gradstream.pipeline.learn.LearnCount;
import io.gradstream.pipeline.learn.LearnGauge;
import io.gradstream.quickstart.feed.FlightFeeder;
import io.gradstream.quickstart.feed.Flights;
import io.gradstream.quickstart.panel.PanelState;
import io.gradstream.quickstart.panel.Screen;
import io.gradstream.quickstart.watch.JobMetrics;
import io.gradstream.quickstart.watch.OutputWatcher;
import io.gradstream.quickstart.watch.Outputs;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.NewTopic;

/** One run: starts broker, Flink and feeder, shows the panel, ends it all. What is started is ended in the reverse order. */
final class Quickstart {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String GROUP = "gradstream-quickstart";

    private final RunOptions options;
    private final Screen screen;
    private final Cadence cadence;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Rate rate = new Rate(Duration.ofSeconds(3));

    private Flights flights;
    private EmbeddedBroker broker;
    private LocalFlink flink;
    private FlightFeeder feeder;
    private OutputWatcher watcher;
    private long startNanos;
    private long processed;
    private long late = -1;
    private long skipped = -1;

    Quickstart(RunOptions options, Screen screen, Cadence cadence) {
        this.options = options;
        this.screen = screen;
        this.cadence = cadence;
    }

    /** How often the panel is shown on a terminal, and lines are printed elsewhere. */
    record Cadence(Duration panel, Duration lines) {
        Duration of(Screen screen) {
            return screen.isInPlace() ? panel : lines;
        }
    }

    /** Asks {@link #run} to end early. */
    void stop() {
        stop.countDown();
    }

    /**
     * Runs to the end of the data or until {@link #stop}.
     *
     * @return what came of it
     */
    Summary run() throws Exception {
        try (TemporaryFolder temporary = TemporaryFolder.create()) {
            flights = Flights.read(options.data(), options.flights());
            Pipeline read = read();
            broker = EmbeddedBroker.start(temporary.folder("broker"));
            try (EmbeddedBroker openBroker = broker) {
                Pipeline pipeline = onThisBroker(read);
                openBroker.createTopics(topics(pipeline));
                flink = LocalFlink.start(temporary.folder("flink"), options.checkpoints());
                try (LocalFlink openFlink = flink) {
                    return run(pipeline, openFlink);
                }
            }
        }
    }

    private Pipeline read() throws IOException {
        Pipeline pipeline = PipelineFile.loadWithoutKafka(options.pipeline()).pipeline();
        if (pipeline.labelInEvent() || pipeline.target().task() != Task.BINARY) {
            throw new IllegalArgumentException(options.pipeline()
                    + ": the quickstart sends outcomes to a topic of their own and shows figures of a binary task, so it wants"
                    + " label.topic and task: binary; use replay or run for other pipelines");
        }
        return pipeline;
    }

    private Summary run(Pipeline pipeline, LocalFlink openFlink) throws Exception {
        show("starting");
        StreamExecutionEnvironment environment = openFlink.environment();
        MainJob.build(environment, pipeline);
        openFlink.submit(environment);
        watcher = OutputWatcher.start(broker.bootstrap(), outputTopics(pipeline), pipeline.name());
        feeder = new FlightFeeder(
                flights,
                broker.bootstrap(),
                pipeline.events().topics().get(0),
                pipeline.labels().input().topics().get(0),
                options.duration());
        try (OutputWatcher openWatcher = watcher;
                FlightFeeder openFeeder = feeder) {
            waitFor("starting", openFlink::isUp);
            startNanos = System.nanoTime();
            openFeeder.start();
            waitFor("replaying", openFeeder::isDone);
            waitFor("finishing", this::everythingIsTaken);
            boolean stopped = stop.getCount() == 0;
            if (!stopped) {
                openFlink.drain(PATIENCE);
                processed = 2L * flights.size();
            }
            Outputs outputs = openWatcher.readToEnd();
            show(stopped ? "stopped" : "done");
            Duration time = startNanos == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - startNanos);
            return new Summary(flights.size(), time, stopped, outputs, skipped, pipeline.name());
        }
    }

    /**
     * Whether the learning operator has every departure and outcome: processed, or held until their time comes. The held rows are
     * read last, so that a row on its way from one to the other is missed once rather than counted twice.
     */
    private boolean everythingIsTaken() {
        long done = JobMetrics.value(LearnCount.EVENTS) + JobMetrics.value(LearnCount.LABELS);
        return done + JobMetrics.value(LearnGauge.HELD_ROWS) >= 2L * flights.size();
    }

    private void waitFor(String phase, Condition condition) throws Exception {
        while (!condition.holds() && !stop.await(cadence.of(screen).toMillis(), TimeUnit.MILLISECONDS)) {
            flink.failIfEnded();
            show(phase);
        }
    }

    private void show(String phase) {
        Outputs outputs = watcher == null ? Outputs.NONE : watcher.seen();
        processed = Math.max(processed, JobMetrics.value(LearnCount.EVENTS) + JobMetrics.value(LearnCount.LABELS));
        late = Math.max(late, JobMetrics.value(LearnCount.LATE_LABELS));
        skipped = Math.max(skipped, JobMetrics.value(LearnGauge.SKIPPED_STEPS));
        long now = System.nanoTime();
        rate.add(now, processed);
        Evaluation all = outputs.all();
        Evaluation window = outputs.window();
        screen.show(new PanelState(
                phase,
                processed,
                2L * flights.size(),
                all == null ? null : Instant.ofEpochMilli(all.eventTime()),
                remaining(),
                outputs.predictions(),
                all == null ? 0 : all.examples(),
                rate.perSecond(),
                all == null ? Map.of() : all.metrics(),
                window == null ? Map.of() : window.metrics(),
                window == null ? 0 : window.examples(),
                outputs.snapshot() == null ? -1 : outputs.snapshot().manifest().version(),
                outputs.snapshot() == null ? null : Duration.ofNanos(now - outputs.snapshotNanos()),
                late,
                outputs.deadLetters(),
                flink == null ? null : flink.web(),
                broker == null ? null : broker.bootstrap()));
    }

    private Duration remaining() {
        if (options.duration() == null || startNanos == 0) {
            return null;
        }
        return options.duration().minusNanos(System.nanoTime() - startNanos);
    }

    /** The file's pipeline with the embedded broker instead of the one it names. */
    private Pipeline onThisBroker(Pipeline file) {
        return file.withKafka(Map.of("bootstrap.servers", broker.bootstrap(), "group.id", GROUP));
    }

    private static List<String> inputTopics(Pipeline pipeline) {
        List<String> names = new ArrayList<>(pipeline.events().topics());
        names.addAll(pipeline.labels().input().topics());
        return names;
    }

    private static OutputTopics outputTopics(Pipeline pipeline) {
        return new OutputTopics(
                pipeline.outputs().predictions(),
                pipeline.outputs().snapshots(),
                pipeline.outputs().metrics(),
                pipeline.outputs().deadLetters());
    }

    /** One partition each. Kept for ever: by their event time the flights are older than any retention. */
    private static List<NewTopic> topics(Pipeline pipeline) {
        List<String> names = new ArrayList<>(inputTopics(pipeline));
        names.addAll(outputTopics(pipeline).names());
        List<NewTopic> topics = new ArrayList<>();
        for (String name : names) {
            boolean compacted = name.equals(pipeline.outputs().snapshots());
            topics.add(new NewTopic(name, 1, (short) 1)
                    .configs(Map.of("retention.ms", "-1", "cleanup.policy", compacted ? "compact" : "delete")));
        }
        return topics;
    }

    /** Something to wait for. */
    private interface Condition {
        boolean holds() throws Exception;
    }
}
