package io.gradstream.pipeline.cli;

import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.config.PipelineFile;
import io.gradstream.pipeline.jobs.MainJob;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Scores and learns. */
@Command(
        name = "run",
        description =
                "Score and learn: on the cluster when started with 'flink run', else in this process until Ctrl-C.",
        footer = {
            "%nExamples:",
            "  gradstream run clicks.yaml",
            "  flink run -d gradstream-job.jar run clicks.yaml",
            "  flink run -d -s SAVEPOINT gradstream-job.jar run clicks.yaml   # go on where it stopped"
        })
final class RunCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PIPELINE", description = "The pipeline's YAML file.")
    private Path file;

    @Option(names = "--no-create-topics", description = "Refuse to start when an output topic is missing.")
    private boolean noCreateTopics;

    @Option(
            names = "--checkpoints",
            paramLabel = "DIR",
            description = "Where a run in this process keeps its checkpoints, and goes on from the newest (default:"
                    + " ./checkpoints-NAME). On a cluster its configuration says.")
    private Path checkpoints;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Pipeline pipeline = PipelineFile.load(file).pipeline();
        Path folder = checkpoints == null ? Path.of("checkpoints-" + pipeline.name()) : checkpoints;
        try (LocalRun local = LocalRun.checkpointing(folder)) {
            StreamExecutionEnvironment env = local.environment();
            FlinkStart.check(pipeline, env.getConfiguration());
            KafkaStart.check(pipeline, false, !noCreateTopics, env.getConfiguration());
            MainJob.build(env, pipeline);
            local.begin(spec.commandLine().getErr(), pipeline.events().bounded());
            env.execute(pipeline.name());
        }
        return 0;
    }
}
