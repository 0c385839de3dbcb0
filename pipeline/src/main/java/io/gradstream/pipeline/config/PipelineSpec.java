package io.gradstream.pipeline.config;

import io.gradstream.connectors.kafka.ClientProfile;
import io.gradstream.connectors.kafka.Delivery;
import io.gradstream.model.Task;
import io.gradstream.model.guard.GuardSpec;
import io.gradstream.model.losses.LossSpec;
import io.gradstream.model.optimizers.Clipping;
import io.gradstream.model.optimizers.OptimizerSpec;
import io.gradstream.model.optimizers.Regularisation;
import io.gradstream.model.optimizers.ScheduleSpec;
import io.gradstream.model.spec.Default;
import io.gradstream.model.spec.Doc;
import io.gradstream.pipeline.features.FeatureSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A whole pipeline as its YAML file writes it: one component per key, nothing resolved yet. {@link Pipeline} is what it means. */
@Doc("One pipeline: what comes in, what is learned, what goes out.")
public record PipelineSpec(
        @Doc("Name of the pipeline and of its model: lower-case letters, digits, '-', '_' and '.'.")
        String name,

        @Doc("Client properties for Kafka, passed on as they are: bootstrap.servers, security.protocol, …")
        @Default("{}")
        Map<String, String> kafka,

        @Doc("The events to score.") EventsSpec input,

        @Doc("What the model sees of an event, one entry per feature.")
        List<FeatureSpec> features,

        @Doc("What is to be predicted, and where the outcome comes from.")
        LabelSpec label,

        @Doc("binary, multiclass or regression.") Task task,

        @Doc("A preset, or layers one by one.") @Default("logistic")
        ArchitectureSpec model,

        @Doc("The loss; without it the task's own: binary-cross-entropy, cross-entropy or mean-squared-error.")
        Optional<LossSpec> loss,

        @Doc("The optimizer.") @Default("adagrad") OptimizerSpec optimizer,

        @Doc("How the learning rate changes with the steps.") @Default("constant")
        ScheduleSpec schedule,

        @Doc("Limits on the gradient.") @Default("{}") Clipping clipping,
        @Doc("What keeps weights small.") @Default("{}") Regularisation regularisation,

        @Doc("What is done when its own steps ruin the model.") @Default("{}")
        GuardSpec guard,

        @Doc("Examples in one step.") @Default("64") int batchSize,

        @Doc("Seed of everything random: initialisation, dropout.") @Default("1")
        long seed,

        @Doc("arrival: what comes is processed at once. event-time: sorted by time first, so the result does not"
                + " depend on the speed.")
        @Default("arrival")
        Order order,

        @Doc("Where results go.") OutputSpec output,

        @Doc("exactly-once or at-least-once.") @Default("exactly-once")
        Delivery delivery,

        @Doc("How often to checkpoint, if this file is to say so and not the cluster's configuration.")
        Optional<Duration> checkpointInterval,

        @Doc(
                "Settings of Kafka's clients and of Flink's network: throughput (large batches) or latency (nothing lingers).")
        @Default("throughput")
        ClientProfile profile,

        @Doc("Subtasks of each part.") @Default("{}") ParallelismSpec parallelism,

        @Doc("The first model: scratch, topic (the newest of the snapshots topic), or the path of a snapshot file of"
                + " at most 1 GiB.")
        @Default("scratch")
        String startFrom,

        @Doc("First weights of PyTorch, in place of random ones, where the first model is from scratch.")
        Optional<InitialWeightsSpec> initialWeights,

        @Doc("How long a scoring job waits for its first model before it fails.") @Default("5m")
        Duration waitForModel,

        @Doc(
                "The most time to exercise the model's kernels before the first record, until they are compiled; 0s: none.")
        @Default("2s")
        Duration warmUp,

        @Doc("When a label in a replayed file became known.")
        Optional<ReplaySpec> replay) {

    /** The name alone: client properties hold secrets. */
    @Override
    public String toString() {
        return "pipeline " + name;
    }
}
