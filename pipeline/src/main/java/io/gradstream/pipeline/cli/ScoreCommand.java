package io.gradstream.pipeline.cli;

import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.config.PipelineException;
import io.gradstream.pipeline.config.PipelineFile;
import io.gradstream.pipeline.jobs.KafkaEnds;
import io.gradstream.pipeline.jobs.ScoringJob;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Scores only. */
@Command(
        name = "score",
        description =
                "Score only, always with the newest model of the snapshots topic; a new one is taken without a restart.",
        footer = {"%nExamples:", "  gradstream score clicks.yaml", "  flink run -d gradstream-job.jar score clicks.yaml"
        })
final class ScoreCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PIPELINE", description = "The YAML file that the learning job runs with.")
    private Path file;

    @Option(names = "--no-create-topics", description = "Refuse to start when an output topic is missing.")
    private boolean noCreateTopics;

    @Option(
            names = "--checkpoints",
            paramLabel = "DIR",
            description = "Where a run in this process keeps its checkpoints, and goes on from the newest (default:"
                    + " ./checkpoints-NAME+score). On a cluster its configuration says.")
    private Path checkpoints;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Pipeline pipeline = PipelineFile.load(file).pipeline();
        if (pipeline.outputs().snapshots() == null) {
            throw new PipelineException(List.of(file + ": output.snapshots: a scoring job follows the snapshots topic;"
                    + " name it here and in the learning job's file"));
        }
        Path folder = checkpoints == null ? Path.of("checkpoints-" + pipeline.name() + KafkaEnds.SCORING) : checkpoints;
        try (LocalRun local = LocalRun.checkpointing(folder)) {
            StreamExecutionEnvironment env = local.environment();
            FlinkStart.check(pipeline, env.getConfiguration());
            KafkaStart.check(pipeline, true, !noCreateTopics, env.getConfiguration());
            ScoringJob.build(env, pipeline);
            local.begin(spec.commandLine().getErr(), pipeline.events().bounded());
            env.execute(pipeline.name() + " (score)");
        }
        return 0;
    }
}
