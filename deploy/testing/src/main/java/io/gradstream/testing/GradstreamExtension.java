package io.gradstream.testing;

import io.gradstream.broker.EmbeddedBroker;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test class a Kafka broker and a Flink MiniCluster: started before its first test, shared by all of them,
 * stopped after the last.
 *
 * <pre>{@code
 * class MyJobTest {
 *     @RegisterExtension
 *     static final GradstreamExtension gradstream = new GradstreamExtension();
 *
 *     @Test
 *     void copiesEveryRecord(EmbeddedBroker broker, TestTopics topics) throws Exception {
 *         String in = topics.create("in");                       // a name of its own for every test
 *         String out = topics.create("out");
 *         topics.write(in, "a", "b");
 *         StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
 *         ...                                                    // build the job with broker.bootstrap()
 *         env.executeAsync();
 *         assertThat(topics.await(out, 2)).hasSize(2);           // reads what is committed
 *     }
 * }
 * }</pre>
 *
 * <p>{@code @ExtendWith(GradstreamExtension.class)} gives the same with the defaults. A test may take an {@link
 * EmbeddedBroker}, {@link TestTopics} and a {@link MiniCluster} as parameters. {@code getExecutionEnvironment()} runs on
 * the MiniCluster. Jobs that a test leaves running are cancelled after it.
 */
public final class GradstreamExtension implements BeforeAllCallback, AfterEachCallback, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(GradstreamExtension.class);
    private static final Duration JOBS_END_WITHIN = Duration.ofSeconds(60);

    private final Map<String, String> brokerSettings = new HashMap<>();
    private final Configuration flinkSettings = new Configuration();
    private boolean withFlink = true;
    private int taskManagers = 1;
    private int slots = 2;
    private Running running;

    /** One broker; one TaskManager with two slots. */
    public GradstreamExtension() {}

    /** Puts a broker setting, such as {@code transaction.max.timeout.ms}, over the default. */
    public GradstreamExtension withBrokerSetting(String key, String value) {
        brokerSettings.put(key, value);
        return this;
    }

    /** Puts a Flink setting over the default. */
    public GradstreamExtension withFlinkSetting(String key, String value) {
        flinkSettings.setString(key, value);
        return this;
    }

    /** How many TaskManagers there are and how many slots each has. */
    public GradstreamExtension withTaskManagers(int count, int slotsEach) {
        taskManagers = count;
        slots = slotsEach;
        return this;
    }

    /** Only a broker: for tests that run no job. */
    public GradstreamExtension withoutFlink() {
        withFlink = false;
        return this;
    }

    /** The broker of this test class. */
    public EmbeddedBroker broker() {
        return running().broker;
    }

    /** Topics on that broker. */
    public TestTopics topics() {
        return running().topics;
    }

    /** The MiniCluster of this test class. */
    public MiniCluster flink() {
        if (!withFlink) {
            throw new IllegalStateException("this extension was made withoutFlink()");
        }
        return running().flink;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        running = context.getStore(NAMESPACE).computeIfAbsent(this, key -> start(), Running.class);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (withFlink) {
            cancelJobs(running().flink);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == EmbeddedBroker.class || type == TestTopics.class || (type == MiniCluster.class && withFlink);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        if (type == EmbeddedBroker.class) {
            return broker();
        }
        return type == TestTopics.class ? topics() : flink();
    }

    private Running running() {
        if (running == null) {
            throw new IllegalStateException(
                    "broker and cluster are there only while tests run; is the extension's field static?");
        }
        return running;
    }

    private Running start() {
        Running started = new Running();
        try {
            started.broker = EmbeddedBroker.startTemporary(brokerSettings);
            started.topics = new TestTopics(started.broker);
            if (withFlink) {
                started.flink = new MiniCluster(clusterConfiguration());
                started.flink.start();
                MiniClusterEnvironment.use(started.flink, taskManagers * slots);
            }
            return started;
        } catch (Exception e) {
            started.close();
            throw new IllegalStateException("the broker or the MiniCluster did not start: " + e.getMessage(), e);
        }
    }

    private MiniClusterConfiguration clusterConfiguration() {
        Configuration configuration = new Configuration();
        configuration.set(RestOptions.ADDRESS, "127.0.0.1");
        configuration.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
        configuration.set(RestOptions.BIND_PORT, "0");
        configuration.addAll(flinkSettings);
        return new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(taskManagers)
                .setNumSlotsPerTaskManager(slots)
                .build();
    }

    private static void cancelJobs(MiniCluster flink) {
        flink.listJobs().join().stream()
                .filter(job -> !job.getJobState().isGloballyTerminalState())
                .forEach(job -> flink.cancelJob(job.getJobId()).exceptionally(alreadyEnded -> null));
        Awaitility.await("jobs of this test have ended")
                .atMost(JOBS_END_WITHIN)
                .until(() -> flink.listJobs().join().stream()
                        .allMatch(job -> job.getJobState().isGloballyTerminalState()));
    }

    /** What was started for one test class; JUnit closes it when the class is done. */
    private static final class Running implements AutoCloseable {
        private EmbeddedBroker broker;
        private TestTopics topics;
        private MiniCluster flink;

        @Override
        public void close() {
            if (flink != null) {
                MiniClusterEnvironment.stopUsing();
                flink.closeAsync().join();
            }
            if (topics != null) {
                topics.close();
            }
            if (broker != null) {
                broker.close();
            }
        }
    }
}
