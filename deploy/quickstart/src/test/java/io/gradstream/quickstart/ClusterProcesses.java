package io.gradstream.quickstart;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/**
 * A standalone Flink cluster of real processes on loopback: a JobManager and a TaskManager from Flink's jars, with
 * deploy/conf/config.yaml but for ports, folders, memory and ten times as many checkpoints. Started and stopped as Flink's own scripts do.
 */
final class ClusterProcesses implements AutoCloseable {
    private static final List<String> IN_OUR_JAR = List.of(
            "gradstream",
            "kafka",
            "flink-connector-kafka",
            "flink-connector-base",
            "avro-",
            "jackson-",
            "snakeyaml-2",
            "picocli",
            "junit",
            "assertj",
            "archunit",
            "classes",
            "test-classes");

    /** For the processes that run no step and no kernel: they live too briefly for the optimizing compiler to be worth its time. */
    private static final List<String> WITHOUT_KERNELS =
            List.of("-Xmx384m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private static final int LAST_WORDS = 6000;
    private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");

    private final Path folder;
    private final Configuration configuration;
    private final List<Process> processes = new ArrayList<>();
    private Process jobManager;
    private Process taskManager;
    private int jobManagers;
    private int taskManagers;

    ClusterProcesses(Path folder) throws IOException {
        this(folder, Map.of());
    }

    /** @param more settings that only this cluster has */
    ClusterProcesses(Path folder, Map<String, String> more) throws IOException {
        this.folder = folder;
        this.configuration = ClusterConfigurationTest.load();
        Files.createDirectories(folder.resolve("conf"));
        configuration.set(JobManagerOptions.ADDRESS, "127.0.0.1");
        configuration.set(JobManagerOptions.BIND_HOST, "127.0.0.1");
        configuration.set(JobManagerOptions.PORT, freePort());
        configuration.set(TaskManagerOptions.HOST, "127.0.0.1");
        configuration.set(TaskManagerOptions.BIND_HOST, "127.0.0.1");
        configuration.set(RestOptions.ADDRESS, "127.0.0.1");
        configuration.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
        configuration.set(RestOptions.PORT, freePort());
        configuration.set(BlobServerOptions.PORT, Integer.toString(freePort()));
        configuration.set(CoreOptions.TMP_DIRS, folder.resolve("tmp").toString());
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                folder.resolve("checkpoints").toUri().toString());
        configuration.set(
                CheckpointingOptions.SAVEPOINT_DIRECTORY,
                folder.resolve("savepoints").toUri().toString());
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
        // As long as six at the interval that is shipped.
        configuration.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 60);
        configuration.set(WebOptions.REFRESH_INTERVAL, Duration.ofMillis(100));
        configuration.set(TaskManagerOptions.TOTAL_PROCESS_MEMORY, MemorySize.ofMebiBytes(1024));
        configuration.set(JobManagerOptions.TOTAL_PROCESS_MEMORY, MemorySize.ofMebiBytes(1024));
        more.forEach(configuration::setString);
        Files.createDirectories(folder.resolve("tmp"));
        Files.writeString(
                folder.resolve("conf/config.yaml"),
                configuration.toFileWritableMap().entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + entry.getValue())
                        .collect(Collectors.joining("\n", "", "\n")));
        Files.writeString(folder.resolve("conf/log4j2.xml"), """
                <Configuration status="WARN">
                  <Appenders>
                    <Console name="console"><PatternLayout pattern="%d{HH:mm:ss.SSS} %-5p %c{1} %m%n"/></Console>
                  </Appenders>
                  <Loggers>
                    <Logger name="org.apache.kafka" level="warn"/>
                    <Logger name="org.apache.flink.runtime.source.coordinator" level="warn"/>
                    <Logger name="org.apache.flink.streaming.api.operators" level="warn"/>
                    <Root level="info"><AppenderRef ref="console"/></Root>
                  </Loggers>
                </Configuration>
                """);
    }

    /** Starts a JobManager and a TaskManager; returns when both processes run, not when they have found each other. */
    void start() throws IOException {
        startJobManager();
        startTaskManager();
    }

    /** Starts a JobManager, at the same address as the one before it. */
    void startJobManager() throws IOException {
        jobManager = launch(
                "jobmanager-" + ++jobManagers,
                WITHOUT_KERNELS,
                "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
                List.of("--configDir", conf()));
    }

    /** Starts one more TaskManager. */
    void startTaskManager() throws IOException {
        TaskExecutorProcessSpec memory = TaskExecutorProcessUtils.processSpecFromConfig(configuration);
        List<String> arguments = new ArrayList<>(List.of("--configDir", conf()));
        arguments.addAll(List.of(TaskExecutorProcessUtils.generateDynamicConfigsStr(memory)
                .replace("'", "")
                .strip()
                .split("\\s+")));
        List<String> options = new ArrayList<>(
                ClusterConfigurationTest.jvmOptions(ProcessMemoryUtils.generateJvmParametersStr(memory)));
        options.addAll(ClusterConfigurationTest.taskManagerOptions(configuration));
        taskManager = launch(
                "taskmanager-" + ++taskManagers,
                options,
                "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
                arguments);
    }

    /** Kills the TaskManager that was started last, as kill -9 does: it gets no chance to say or finish anything. */
    void killTaskManager() throws InterruptedException {
        taskManager.destroyForcibly().waitFor();
    }

    /** The same for the JobManager. */
    void killJobManager() throws InterruptedException {
        jobManager.destroyForcibly().waitFor();
    }

    /** Stops the TaskManager that was started last where it stands, as a long pause of its machine would, and gives it. */
    Process stopTaskManager() throws IOException, InterruptedException {
        signal("STOP", taskManager);
        return taskManager;
    }

    /** The same for the JobManager. */
    Process stopJobManager() throws IOException, InterruptedException {
        signal("STOP", jobManager);
        return jobManager;
    }

    /** Lets a stopped process go on. */
    void goOn(Process stopped) throws IOException, InterruptedException {
        signal("CONT", stopped);
    }

    /** Whether {@link #limitFiles} can be used here. */
    boolean canLimitFiles() {
        return Files.isExecutable(PRLIMIT);
    }

    /** How large files of the TaskManager that was started last may grow, in bytes, as on a full disk; gives how large before. */
    String limitFiles(String bytes) throws IOException, InterruptedException {
        String pid = Long.toString(taskManager.pid());
        String before = run(PRLIMIT.toString(), "--pid", pid, "--fsize", "--raw", "--noheadings", "--output", "SOFT");
        run(PRLIMIT.toString(), "--pid", pid, "--fsize=" + bytes + ":");
        return before;
    }

    /** Runs a command to its end and gives what it printed. */
    static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed: " + output);
        }
        return output.strip();
    }

    private static void signal(String name, Process process) throws IOException, InterruptedException {
        run("kill", "-" + name, Long.toString(process.pid()));
    }

    /** Where a job's checkpoints are. */
    Path checkpoints(String job) {
        return folder.resolve("checkpoints").resolve(job);
    }

    /** Processes that this started and that still run. */
    List<ProcessHandle> alive() {
        return processes.stream()
                .map(Process::toHandle)
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .filter(ProcessHandle::isAlive)
                .toList();
    }

    /** Runs Flink's command line to its end and gives what it printed. */
    String flink(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder =
                command(WITHOUT_KERNELS, "org.apache.flink.client.cli.CliFrontend", List.of(arguments));
        builder.environment().put("FLINK_CONF_DIR", conf());
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true).start();
        processes.add(process);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new AssertionError("flink " + String.join(" ", arguments) + " failed:\n" + output);
        }
        return output;
    }

    /** What all processes of the cluster wrote last, for a failed test. */
    String logs() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList()) {
                String text = Files.readString(file);
                all.append("\n==== ").append(file.getFileName()).append('\n');
                all.append(text, Math.max(0, text.length() - LAST_WORDS), text.length());
            }
        }
        return all.toString();
    }

    /** How many lines with this text the JobManager that was started last has logged. */
    long jobManagerSaid(String text) throws IOException {
        return said("jobmanager-" + jobManagers, text);
    }

    /** The same for the TaskManager. */
    long taskManagerSaid(String text) throws IOException {
        return said("taskmanager-" + taskManagers, text);
    }

    private long said(String process, String text) throws IOException {
        return Files.readString(log(process))
                .lines()
                .filter(line -> line.contains(text))
                .count();
    }

    /** What the TaskManager that was started last holds. */
    JvmFigures taskManagerFigures() throws IOException, InterruptedException {
        return JvmFigures.of(taskManager.pid());
    }

    /** The same for the JobManager. */
    JvmFigures jobManagerFigures() throws IOException, InterruptedException {
        return JvmFigures.of(jobManager.pid());
    }

    /** Where the REST API is. */
    String rest() {
        return "http://127.0.0.1:" + configuration.get(RestOptions.PORT);
    }

    /** Ends the processes that this started, and only them. */
    @Override
    public void close() throws InterruptedException {
        processes.forEach(Process::destroy);
        for (Process process : processes) {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    private Process launch(String name, List<String> memory, String main, List<String> arguments) throws IOException {
        Process process = command(memory, main, arguments)
                .redirectErrorStream(true)
                .redirectOutput(log(name).toFile())
                .start();
        processes.add(process);
        return process;
    }

    private ProcessBuilder command(List<String> memory, String main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(memory);
        command.addAll(ClusterConfigurationTest.jvmOptions(configuration.get(CoreOptions.FLINK_JVM_OPTIONS)));
        command.add("-Dlog4j2.configurationFile=" + folder.resolve("conf/log4j2.xml"));
        command.add("-cp");
        command.add(flinksJars());
        command.add(main);
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        return builder;
    }

    /** What lies in the lib folder of a Flink distribution: the jars of this test that are not ours, nor in our jar. */
    private static String flinksJars() {
        return Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                .filter(jar -> {
                    String name = Path.of(jar).getFileName().toString();
                    return IN_OUR_JAR.stream().noneMatch(name::startsWith);
                })
                .collect(Collectors.joining(java.io.File.pathSeparator));
    }

    private Path log(String process) {
        return folder.resolve(process + ".log");
    }

    private String conf() {
        return folder.resolve("conf").toString();
    }

    /** A port of loopback that nobody listens at. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
