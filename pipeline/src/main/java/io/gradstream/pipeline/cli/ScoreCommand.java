package io.gradstream.pipeline.cli;

import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.config.PipelineException;
import io.gradstream.pipeline.config.PipelineFile;
import io.gradstream.pipeline.jobs.ScoringJob;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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

    @Override
    public Integer call() throws Exception {
        Pipeline pipeline = PipelineFile.load(file).pipeline();
        if (pipeline.outputs().snapshots() == null) {
            throw new PipelineException(List.of(file + ": output.snapshots: a scoring job follows the snapshots topic;"
                    + " name it here and in the learning job's file"));
        }
        StreamExecutionEnvironment env = LocalRun.environment();
        KafkaStart.check(pipeline, true, !noCreateTopics, env.getConfiguration());
        ScoringJob.build(env, pipeline);
        env.execute(pipeline.name() + " (score)");
        return 0;
    }
}
