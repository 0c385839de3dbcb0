package io.gradstream.pipeline.config;

import io.gradstream.connectors.formats.FieldType;
import io.gradstream.connectors.formats.FormatException;
import io.gradstream.connectors.formats.FormatSettings;
import io.gradstream.connectors.formats.Formats;
import io.gradstream.connectors.kafka.StartOffsets;
import io.gradstream.model.ModelSpec;
import io.gradstream.model.spec.Durations;
import io.gradstream.model.spec.Json;
import io.gradstream.model.spec.SpecWriter;
import io.gradstream.pipeline.config.Pipeline.Input;
import io.gradstream.pipeline.config.Pipeline.Labels;
import io.gradstream.pipeline.config.Pipeline.Outputs;
import io.gradstream.pipeline.config.Pipeline.Running;
import io.gradstream.pipeline.config.Pipeline.StartFrom;
import io.gradstream.pipeline.config.Pipeline.Target;
import io.gradstream.pipeline.features.FeaturePlan;
import io.gradstream.pipeline.features.LabelRule;
import io.gradstream.pipeline.features.UsedFields;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Resolves a pipeline: what its parts mean together, and all that is wrong with that. */
final class PipelineCompiler {

    static final String ORIGIN = "origin";
    static final String RECORD_KEY = "record-key";
    static final String RECORD_TIMESTAMP = "record-timestamp";

    private static final int USUAL_WINDOW = 10_000;

    private final PipelineSpec spec;
    private final Section tree;
    private final boolean withKafka;
    private final Problems problems;
    private final Resources resources;

    /** @param tree what the spec was read from, for what the spec cannot tell: whether a key was there */
    PipelineCompiler(PipelineSpec spec, Section tree, Path folder, boolean withKafka, Problems problems) {
        this.spec = spec;
        this.tree = tree;
        this.withKafka = withKafka;
        this.problems = problems;
        this.resources = new Resources(folder, problems);
    }

    /** The pipeline; null if there was any problem. */
    Pipeline compile() {
        new PipelineChecks(spec, tree, withKafka, problems).run();
        boolean labelInEvent = spec.label().topic().isEmpty();
        UsedFields eventFields = new UsedFields();
        FeaturePlan features = FeaturePlan.of(
                spec.features(),
                eventFields,
                (feature, key, problem) -> problems.add(List.of("features", feature, key), problem));
        LabelCompiler labels = new LabelCompiler(spec.label(), spec.task(), ModelCompiler.loss(spec), problems);
        FormatSettings eventFormat =
                resources.format(List.of("input", "format"), spec.input().format());
        FormatSettings labelFormat = labelInEvent ? null : labelFormat(eventFormat);
        UsedFields labelFields = labelInEvent ? eventFields : new UsedFields();
        if (labelInEvent) {
            checkLabelIsNoFeature(eventFields);
        }
        LabelRule rule = labels.rule(labelInEvent ? eventFormat : labelFormat, labelFields);
        Input events = events(eventFormat, eventFields);
        Labels joined = new Labels(
                labelInEvent ? null : labels(labelFormat, labelFields),
                rule,
                spec.label().waitFor().toMillis(),
                labels.defaultTarget(),
                spec.label().maxWaiting());
        int classes = labels.classes();
        ModelSpec model = problems.any() ? null : ModelCompiler.compile(spec, features, classes, problems);
        Replay replay = spec.replay()
                .map(each -> ReplayCompiler.compile(each, problems))
                .orElse(null);
        Outputs outputs = outputs();
        StartFrom startFrom = new StartCompiler(spec, resources, problems).startFrom(model);
        if (problems.any()) {
            return null;
        }
        return new Pipeline(
                spec.name(),
                spec.kafka(),
                events,
                joined,
                features,
                new Target(spec.task(), classes),
                Json.write(SpecWriter.tree(model)),
                spec.guard(),
                spec.order(),
                outputs,
                running(),
                startFrom,
                replay,
                About.of(spec, eventFormat, labelFormat));
    }

    private Running running() {
        return new Running(
                spec.checkpointInterval().map(Duration::toMillis).orElse(0L),
                spec.profile(),
                spec.parallelism(),
                spec.waitForModel().toMillis(),
                spec.warmUp().toMillis());
    }

    private FormatSettings labelFormat(FormatSettings eventFormat) {
        return spec.label()
                .format()
                .map(format -> resources.format(List.of("label", "format"), format))
                .orElse(eventFormat);
    }

    /** A feature made of the label would make every figure too good to be true. */
    private void checkLabelIsNoFeature(UsedFields features) {
        boolean used = features.all().stream()
                .anyMatch(field -> field.path().equals(spec.label().field()));
        if (used) {
            problems.add(
                    List.of("label", "field"),
                    "'" + spec.label().field()
                            + "' is also a feature; a model that sees its label learns nothing else");
        }
    }

    private Input events(FormatSettings format, UsedFields fields) {
        EventsSpec input = spec.input();
        List<Object> at = List.of("input");
        int time = time(at, input.time(), fields);
        int id = id(at, input.id(), fields);
        int weight = input.weight()
                .map(path -> field(Resources.with(at, "weight"), path, FieldType.NUMBER, fields))
                .orElse(Input.EQUAL_WEIGHTS);
        checkFields(at, format, fields);
        return new Input(
                input.topic(),
                format,
                fields.all(),
                id,
                time,
                weight,
                input.outOfOrderness().toMillis(),
                input.maxAhead().map(Duration::toMillis).orElse(Input.ANY_TIME),
                input.idleAfter().toMillis(),
                spec.label().topic().isEmpty() && id != Input.ORIGIN ? input.rememberIds() : 0,
                startOffsets(input.topic()),
                input.bounded());
    }

    private Input labels(FormatSettings format, UsedFields fields) {
        LabelSpec label = spec.label();
        List<Object> at = List.of("label");
        int time = time(at, label.time(), fields);
        int id = id(at, label.id().orElse(RECORD_KEY), fields);
        if (id == Input.ORIGIN) {
            problems.add(List.of("label", "id"), "wanted a field with the event's id, or record-key");
        }
        checkFields(spec.label().format().isPresent() ? at : List.of("input"), format, fields);
        return new Input(
                label.topic(),
                format,
                fields.all(),
                id,
                time,
                Input.EQUAL_WEIGHTS,
                label.outOfOrderness().toMillis(),
                label.maxAhead().map(Duration::toMillis).orElse(Input.ANY_TIME),
                label.byDefault().isPresent() && spec.input().bounded()
                        ? 0 // the end of each partition is known, so silence is never taken for the lack of labels
                        : label.idleAfter().toMillis(),
                0,
                startOffsets(label.topic()),
                spec.input().bounded());
    }

    private StartOffsets startOffsets(List<String> topics) {
        List<String> all = Stream.concat(spec.input().topic().stream(), spec.label().topic().stream())
                .toList();
        try {
            return StartOffsetsText.read(spec.input().startOffsets(), topics, all);
        } catch (IllegalArgumentException e) {
            problems.add(List.of("input", "start-offsets"), e.getMessage());
            return null;
        }
    }

    private int id(List<Object> at, String id, UsedFields fields) {
        return switch (id) {
            case ORIGIN -> Input.ORIGIN;
            case RECORD_KEY -> Input.RECORD_KEY;
            default -> field(Resources.with(at, "id"), id, FieldType.TEXT, fields);
        };
    }

    private int time(List<Object> at, String time, UsedFields fields) {
        return time.equals(RECORD_TIMESTAMP)
                ? Input.RECORD_TIMESTAMP
                : field(Resources.with(at, "time"), time, FieldType.TIME, fields);
    }

    private int field(List<Object> at, String path, FieldType type, UsedFields fields) {
        try {
            return fields.index(path, type);
        } catch (IllegalArgumentException e) {
            problems.add(at, e.getMessage());
            return Input.ORIGIN;
        }
    }

    /** Whether the format has the used fields, and as what they are used. */
    private void checkFields(List<Object> at, FormatSettings format, UsedFields fields) {
        if (format == null) {
            return;
        }
        try {
            Formats.decoder(format, fields.all());
        } catch (FormatException e) {
            e.problems().forEach(problem -> problems.add(Resources.with(at, "format"), problem));
        }
    }

    private Outputs outputs() {
        OutputSpec output = spec.output();
        String every = output.snapshots().map(OutputSpec.SnapshotsSpec::every).orElse("0");
        boolean steps = every.matches("(0|[1-9][0-9]{0,14})( steps)?");
        Optional<Duration> millis = Optional.empty();
        try {
            millis = Durations.ifOne(every);
        } catch (IllegalArgumentException e) {
            problems.add(List.of("output", "snapshots", "every"), e.getMessage());
            return null;
        }
        if (!steps && millis.isEmpty() || output.snapshots().isPresent() && every.matches("0+[a-z ]*")) {
            problems.add(
                    List.of("output", "snapshots", "every"),
                    "wanted a number of steps such as 1000, or a duration of event time such as 1h, was \"" + every
                            + "\"" + DecimalDigits.zerosInFront(every));
        }
        return new Outputs(
                output.predictions(),
                output.deadLetters(),
                output.snapshots().map(OutputSpec.SnapshotsSpec::topic).orElse(null),
                steps ? Long.parseLong(every.replace(" steps", "")) : 0,
                millis.map(Duration::toMillis).orElse(0L),
                output.metrics().map(OutputSpec.MetricsSpec::topic).orElse(null),
                output.metrics().map(OutputSpec.MetricsSpec::window).orElse(USUAL_WINDOW),
                spec.delivery(),
                output.transactionalIdPrefix().orElse("gradstream-" + spec.name()));
    }
}
