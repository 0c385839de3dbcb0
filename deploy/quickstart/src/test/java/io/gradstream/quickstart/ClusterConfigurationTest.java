package io.gradstream.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.junit.jupiter.api.Test;

/** deploy/conf/config.yaml, read by Flink itself. */
class ClusterConfigurationTest {
    private static final Path FOLDER = ProjectFiles.ROOT.resolve("deploy/conf");

    /** What Flink 2.3.0 ships in its own config.yaml. */
    private static final List<String> OPENED_BY_FLINK = List.of(
            "--add-exports=java.base/sun.net.util=ALL-UNNAMED",
            "--add-exports=java.rmi/sun.rmi.registry=ALL-UNNAMED",
            "--add-exports=jdk.compiler/com.sun.tools.javac.api=ALL-UNNAMED",
            "--add-exports=jdk.compiler/com.sun.tools.javac.file=ALL-UNNAMED",
            "--add-exports=jdk.compiler/com.sun.tools.javac.parser=ALL-UNNAMED",
            "--add-exports=jdk.compiler/com.sun.tools.javac.tree=ALL-UNNAMED",
            "--add-exports=jdk.compiler/com.sun.tools.javac.util=ALL-UNNAMED",
            "--add-exports=java.security.jgss/sun.security.krb5=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.net=ALL-UNNAMED",
            "--add-opens=java.base/java.io=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/java.text=ALL-UNNAMED",
            "--add-opens=java.base/java.time=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent.locks=ALL-UNNAMED");

    static Configuration load() {
        return GlobalConfiguration.loadConfiguration(FOLDER.toString());
    }

    static List<String> jvmOptions(String text) {
        return List.of(text.strip().split("\\s+"));
    }

    /** What a TaskManager's JVM is given beside those of all; they are for Linux. */
    static List<String> taskManagerOptions(Configuration configuration) {
        return System.getProperty("os.name").equals("Linux")
                ? jvmOptions(configuration.get(CoreOptions.FLINK_TM_JVM_OPTIONS))
                : List.of();
    }

    @Test
    void everyKeyIsFlinksAndItsValueIsOfItsType() throws Exception {
        Configuration configuration = load();
        Map<String, ConfigOption<?>> known = FlinkOptions.byKey();

        assertThat(configuration.keySet()).hasSizeGreaterThan(25);
        for (String key : configuration.keySet()) {
            assertThat(known.keySet()).contains(key);
            assertThat((Object) configuration.get(known.get(key))).as(key).isNotNull();
        }
    }

    @Test
    void noKeyIsRepeatedAndEachHasItsReason() throws Exception {
        List<String> keys = new ArrayList<>();
        boolean reason = false;
        for (String line : ProjectFiles.read("deploy/conf/config.yaml").lines().toList()) {
            if (line.isBlank()) {
                reason = false;
            } else if (line.startsWith("#")) {
                reason = true;
            } else if (!line.startsWith(" ")) {
                assertThat(reason).as("a reason above: %s", line).isTrue();
                keys.add(line.substring(0, line.indexOf(':')));
            }
        }
        assertThat(keys).doesNotHaveDuplicates();
    }

    @Test
    void failuresAreNoticedAndSurvived() {
        Configuration configuration = load();

        assertThat(configuration.get(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT))
                .isLessThanOrEqualTo(Duration.ofSeconds(10))
                .isGreaterThan(configuration
                        .get(HeartbeatManagerOptions.HEARTBEAT_INTERVAL)
                        .multipliedBy(2));
        assertThat(configuration.get(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER))
                .isPositive();
        assertThat(configuration.get(CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION))
                .isEqualTo(ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        assertThat(configuration.get(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS))
                .isGreaterThan(1);
        assertThat(configuration.get(RestartStrategyOptions.RESTART_STRATEGY)).isEqualTo("exponential-delay");
        assertThat(configuration.get(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF))
                .isLessThanOrEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void aTransactionEndsBeforeTheBrokersUsualMaximum() {
        Configuration configuration = load();
        Duration longest = configuration
                .get(CheckpointingOptions.CHECKPOINTING_INTERVAL)
                .plus(configuration.get(CheckpointingOptions.CHECKPOINTING_TIMEOUT));

        assertThat(longest.multipliedBy(1 + configuration.get(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER)))
                .isLessThan(Duration.ofMinutes(16));
        assertThat(longest).isLessThan(Duration.ofMinutes(5));
    }

    @Test
    void nothingListensBeyondThisMachineAndTheWebUiOnlyShows() {
        Configuration configuration = load();

        assertThat(configuration.get(RestOptions.BIND_ADDRESS)).isEqualTo("localhost");
        assertThat(configuration.toMap())
                .containsEntry("jobmanager.bind-host", "localhost")
                .containsEntry("taskmanager.bind-host", "localhost");
        assertThat(configuration.get(WebOptions.SUBMIT_ENABLE)).isFalse();
        assertThat(configuration.get(WebOptions.CANCEL_ENABLE)).isFalse();
    }

    @Test
    void theJvmOptionsExtendFlinksOwnWithTheVectorModule() {
        assertThat(jvmOptions(load().get(CoreOptions.FLINK_JVM_OPTIONS)))
                .containsExactlyElementsOf(Stream.concat(
                                Stream.of("--add-modules=jdk.incubator.vector", "-XX:MaxInlineLevel=25"),
                                OPENED_BY_FLINK.stream())
                        .toList());
    }

    @Test
    void thisJvmTakesTheJvmOptions() throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions(load().get(CoreOptions.FLINK_JVM_OPTIONS)));
        command.addAll(taskManagerOptions(load()));
        command.add("-version");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
    }

    @Test
    void theMemoryAddsUp() {
        Configuration configuration = load();

        assertThat(TaskExecutorProcessUtils.processSpecFromConfig(configuration)
                        .getTaskHeapSize()
                        .getMebiBytes())
                .isGreaterThan(900);
        assertThat(JobManagerProcessUtils.processSpecFromConfig(configuration)
                        .getJvmHeapMemorySize()
                        .getMebiBytes())
                .isGreaterThan(900);
    }
}
