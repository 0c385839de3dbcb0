package io.gradstream.pipeline.config;

import io.gradstream.connectors.formats.Field;
import io.gradstream.connectors.formats.FormatSettings;
import io.gradstream.connectors.kafka.ClientProfile;
import io.gradstream.connectors.kafka.Delivery;
import io.gradstream.connectors.kafka.OutputTopics;
import io.gradstream.connectors.kafka.StartOffsets;
import io.gradstream.model.ModelSpec;
import io.gradstream.model.Task;
import io.gradstream.model.guard.GuardSpec;
import io.gradstream.model.spec.Json;
import io.gradstream.model.spec.SpecReader;
import io.gradstream.pipeline.features.FeaturePlan;
import io.gradstream.pipeline.features.LabelRule;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A pipeline as the jobs run it: checked, resolved, self-contained. Nothing in it refers to a file of the client's; it is
 * serializable and goes to the cluster as it is. Durations are milliseconds.
 *
 * @param kafka client properties, secrets resolved
 * @param events where events come from
 * @param labels where labels come from, and how long they are waited for
 * @param features makes the flat row of an event; {@code features.extractor()} in {@code open()}
 * @param target what is predicted
 * @param modelJson the model's spec in canonical JSON; {@link #model()} reads it
 * @param guard what is done when its own steps ruin the model
 * @param outputs where results go, and how surely
 * @param running how the jobs run
 * @param replay when a label in a replayed file became known; null if the file says nothing
 * @param about what a snapshot says of this pipeline: features, formats, label; see {@link #difference}
 */
public record Pipeline(
        String name,
        Map<String, String> kafka,
        Input events,
        Labels labels,
        FeaturePlan features,
        Target target,
        String modelJson,
        GuardSpec guard,
        Order order,
        Outputs outputs,
        Running running,
        StartFrom startFrom,
        Replay replay,
        Map<String, String> about)
        implements Serializable {

    /** Whether each event carries its own label, so that nothing has to be joined. */
    public boolean labelInEvent() {
        return labels.input() == null;
    }

    /** The model's spec, with the inputs that {@link #features} fills. */
    public ModelSpec model() {
        return SpecReader.read(ModelSpec.class, Json.read(modelJson));
    }

    /**
     * Whether a model means the same by its inputs and outputs as this pipeline does: what its snapshot says of features and label.
     *
     * @param aboutModel what the snapshot says
     * @return the first thing that differs, as a sentence; empty if nothing does
     */
    public Optional<String> difference(Map<String, String> aboutModel) {
        return About.difference(about, aboutModel);
    }

    /** The same with these inputs, in this order, and with these outputs; Flink's configuration says when checkpoints are taken. */
    public Pipeline between(Input otherEvents, Labels otherLabels, Order otherOrder, Outputs otherOutputs) {
        return new Pipeline(
                name,
                kafka,
                otherEvents,
                otherLabels,
                features,
                target,
                modelJson,
                guard,
                otherOrder,
                otherOutputs,
                running.withoutCheckpoints(),
                startFrom,
                replay,
                about);
    }

    /** The same with these client properties and no others. */
    public Pipeline withKafka(Map<String, String> properties) {
        return with(Map.copyOf(properties), startFrom, replay);
    }

    /** The same without the snapshot that it begins with: for operators that need none, each of which would have a copy of its own. */
    public Pipeline withoutFirstModel() {
        return with(kafka, new StartFrom.Scratch(), replay);
    }

    /** The same with labels of a replayed file known at another time. */
    public Pipeline replaying(Replay other) {
        return with(kafka, startFrom, other);
    }

    private Pipeline with(Map<String, String> newKafka, StartFrom newStart, Replay newReplay) {
        return new Pipeline(
                name, newKafka, events, labels, features, target, modelJson, guard, order, outputs, running, newStart,
                newReplay, about);
    }

    /** The name alone: the rest is long, and client properties hold secrets. */
    @Override
    public String toString() {
        return "pipeline " + name;
    }

    /**
     * One input: topics, format and where id and time are.
     *
     * @param fields the fields to decode, and only they; {@code id}, {@code time}, features and label rule are indices into it
     * @param id index of the id's field, {@link #ORIGIN} or {@link #RECORD_KEY}
     * @param time index of the time's field, or {@link #RECORD_TIMESTAMP}
     * @param weight index of the field with an example's weight, or {@link #EQUAL_WEIGHTS}
     * @param outOfOrdernessMillis how far a record may be behind the newest of its partition
     * @param maxAheadMillis how far its time may be ahead of its own timestamp; {@link #ANY_TIME}: no bound
     * @param idleMillis a partition without records for this long holds nobody back
     * @param rememberedIds how many ids are remembered to know one that comes again, where no join keeps them
     * @param startOffsets where reading begins without state
     * @param bounded whether it ends at the newest offsets at the start
     */
    public record Input(
            List<String> topics,
            FormatSettings format,
            List<Field> fields,
            int id,
            int time,
            int weight,
            long outOfOrdernessMillis,
            long maxAheadMillis,
            long idleMillis,
            int rememberedIds,
            StartOffsets startOffsets,
            boolean bounded)
            implements Serializable {

        /** The id is topic-partition-offset. */
        public static final int ORIGIN = -1;

        /** The id is the record's key, as UTF-8 text. */
        public static final int RECORD_KEY = -2;

        /** The time is the Kafka record's. */
        public static final int RECORD_TIMESTAMP = -1;

        /** Each example has the weight 1. */
        public static final int EQUAL_WEIGHTS = -1;

        /** No time is too far ahead. */
        public static final long ANY_TIME = -1;

        /** The same with other fields. */
        public Input with(List<Field> other) {
            return new Input(
                    topics,
                    format,
                    other,
                    id,
                    time,
                    weight,
                    outOfOrdernessMillis,
                    maxAheadMillis,
                    idleMillis,
                    rememberedIds,
                    startOffsets,
                    bounded);
        }
    }

    /**
     * Labels, and how they meet their events.
     *
     * @param input where they come from; null when each is in its event ({@link #labelInEvent()})
     * @param rule makes the target of an event's or label record's values
     * @param waitMillis how long an event waits for its label, event time
     * @param byDefault what is learned when no label came in time; NaN: nothing
     * @param maxWaiting most events that wait at once
     */
    public record Labels(Input input, LabelRule rule, long waitMillis, float byDefault, long maxWaiting)
            implements Serializable {

        /** So long that no time is ever reached, and short enough to be added to one. */
        private static final long ENDLESS = Long.MAX_VALUE / 4;

        /** The same from another input. */
        public Labels from(Input other) {
            return new Labels(other, rule, waitMillis, byDefault, maxWaiting);
        }

        /** The same from another input, waited for without end. */
        public Labels waitedForFrom(Input other) {
            return new Labels(other, rule, ENDLESS, Float.NaN, Long.MAX_VALUE);
        }

        /** Whether no time ends the wait. */
        public boolean waitedForWithoutEnd() {
            return waitMillis == ENDLESS;
        }
    }

    /**
     * What is predicted.
     *
     * @param classes number of classes; 2 for binary, 1 for regression
     */
    public record Target(Task task, int classes) implements Serializable {}

    /**
     * How the jobs run.
     *
     * @param checkpointMillis 0: left to Flink's configuration
     * @param waitForModelMillis how long a scoring job waits for its first model
     * @param warmUpMillis the most time an operator spends on exercising the model before its first record; 0: none
     */
    public record Running(
            long checkpointMillis,
            ClientProfile profile,
            ParallelismSpec parallelism,
            long waitForModelMillis,
            long warmUpMillis)
            implements Serializable {

        Running withoutCheckpoints() {
            return new Running(0, profile, parallelism, waitForModelMillis, warmUpMillis);
        }
    }

    /**
     * Where results go.
     *
     * @param snapshots topic, or null for none
     * @param snapshotSteps a snapshot each so many steps; 0: by time
     * @param snapshotMillis a snapshot each so many ms of event time; 0: by steps
     * @param metrics topic, or null for none
     * @param window labelled examples in one evaluation window
     * @param delivery how often each record is written
     * @param transactionalIdPrefix what the ids of its transactions begin with
     */
    public record Outputs(
            String predictions,
            String deadLetters,
            String snapshots,
            long snapshotSteps,
            long snapshotMillis,
            String metrics,
            int window,
            Delivery delivery,
            String transactionalIdPrefix)
            implements Serializable {

        /** For {@code snapshotSteps}: one when the input ends, even if no step was made, since it tells what became of every row. */
        public static final long AT_THE_END = Long.MAX_VALUE;

        /** The topics of the main job, which writes all of them. */
        public OutputTopics topics() {
            return new OutputTopics(predictions, snapshots, metrics, deadLetters);
        }

        /** The topics of a scoring job, which learns and evaluates nothing. */
        public OutputTopics scoringTopics() {
            return new OutputTopics(predictions, null, null, deadLetters);
        }
    }

    /** The first model, when there is no state to restore. */
    public sealed interface StartFrom extends Serializable {
        /** A new lineage. */
        record Scratch() implements StartFrom {}

        /** The newest in the snapshots topic. */
        record Topic() implements StartFrom {}

        /** A snapshot file, read by the client. */
        record Snapshot(String file, byte[] bytes) implements StartFrom {}
    }
}
