package io.gradstream.pipeline.config;

import io.gradstream.connectors.formats.Field;
import io.gradstream.connectors.formats.FieldType;
import io.gradstream.connectors.formats.FieldValues;
import io.gradstream.connectors.formats.FormatException;
import io.gradstream.connectors.formats.FormatSettings;
import io.gradstream.connectors.formats.Formats;
import io.gradstream.model.Task;
import io.gradstream.model.losses.LossSpec;
import io.gradstream.model.losses.Targets;
import io.gradstream.pipeline.features.BadExampleException;
import io.gradstream.pipeline.features.LabelRule;
import io.gradstream.pipeline.features.UsedFields;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** What makes a target of an outcome: fits the label's keys to the task. */
final class LabelCompiler {

    private static final int MOST_CLASSES = 1 << 20;
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?((0|[1-9][0-9]*)(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?");

    private final LabelSpec spec;
    private final Task task;
    private final Targets targets;
    private final Problems problems;

    LabelCompiler(LabelSpec spec, Task task, LossSpec loss, Problems problems) {
        this.spec = spec;
        this.task = task;
        this.targets = loss.targets();
        this.problems = problems;
    }

    /** The number of classes; 1 for a regression. */
    int classes() {
        return switch (task) {
            case REGRESSION -> 1;
            case BINARY -> 2;
            case MULTICLASS -> count().orElse(spec.classes().size());
        };
    }

    /** A single whole number stands for so many classes. */
    private OptionalInt count() {
        boolean one = spec.classes().size() == 1 && spec.classes().get(0).matches("0|[1-9][0-9]{0,6}");
        return one ? OptionalInt.of(Integer.parseInt(spec.classes().get(0))) : OptionalInt.empty();
    }

    /** The rule; whatever does not fit is a problem. */
    LabelRule rule(FormatSettings format, UsedFields fields) {
        check();
        FieldType type = type(format);
        int field = fields.index(spec.field(), type);
        if (task == Task.REGRESSION) {
            return new LabelRule.Value(field, targets);
        }
        if (spec.threshold().isPresent()) {
            return new LabelRule.Threshold(field, spec.threshold().get());
        }
        if (type == FieldType.BOOLEAN) {
            return new LabelRule.Flag(field);
        }
        return type == FieldType.NUMBER
                ? new LabelRule.ClassNumber(field, classes())
                : new LabelRule.ClassName(field, spec.classes());
    }

    private FieldType type(FormatSettings format) {
        if (task == Task.REGRESSION || spec.threshold().isPresent() || count().isPresent()) {
            return FieldType.NUMBER;
        }
        if (!spec.classes().isEmpty()) {
            return FieldType.TEXT;
        }
        return format != null && !reads(format, FieldType.BOOLEAN) && reads(format, FieldType.NUMBER)
                ? FieldType.NUMBER
                : FieldType.BOOLEAN;
    }

    private boolean reads(FormatSettings format, FieldType type) {
        try {
            Formats.decoder(format, List.of(new Field(spec.field(), type)));
            return true;
        } catch (FormatException e) {
            return false;
        }
    }

    private void check() {
        boolean threshold = spec.threshold().isPresent();
        boolean classes = !spec.classes().isEmpty();
        if (threshold && task != Task.BINARY) {
            problem("threshold", "is for task: binary, but the task is " + taskName());
        }
        if (threshold && classes) {
            problem("classes", "has no meaning beside a threshold; leave one of them out");
        }
        if (classes && task == Task.REGRESSION) {
            problem("classes", "is for task: binary or multiclass, but the task is regression");
        }
        if (classes
                && task == Task.BINARY
                && (count().isPresent() ? count().getAsInt() : spec.classes().size()) != 2) {
            problem("classes", "a binary task has two, [negative, positive], was " + spec.classes() + zerosInFront());
        }
        if (task == Task.MULTICLASS && (classes() < 2 || classes() > MOST_CLASSES)) {
            problem(
                    "classes",
                    "a multiclass task needs 2 to " + MOST_CLASSES + " classes: their names, or their number"
                            + zerosInFront());
        }
        if (new HashSet<>(spec.classes()).size() < spec.classes().size()) {
            problem("classes", "names must differ, was " + spec.classes());
        }
    }

    /** What to do about a number of classes that has them. */
    private String zerosInFront() {
        return spec.classes().size() == 1
                ? DecimalDigits.zerosInFront(spec.classes().get(0))
                : "";
    }

    private String taskName() {
        return task == Task.REGRESSION ? "regression" : "multiclass";
    }

    /** What is learned without a label; NaN for nothing. */
    float defaultTarget() {
        Optional<String> text = spec.byDefault();
        if (text.isEmpty()) {
            return Float.NaN;
        }
        float target = target(text.get().strip());
        if (Float.isNaN(target)) {
            problem("default", wanted() + ", was \"" + text.get() + "\"" + DecimalDigits.zerosInFront(text.get()));
        }
        return target;
    }

    private float target(String text) {
        if (task == Task.REGRESSION || count().isPresent()) {
            LabelRule rule =
                    task == Task.REGRESSION ? new LabelRule.Value(0, targets) : new LabelRule.ClassNumber(0, classes());
            FieldValues value = new FieldValues(1);
            try {
                value.setNumber(0, number(text));
                return rule.target(value);
            } catch (BadExampleException e) {
                return Float.NaN; // no label could be this
            }
        }
        if (!spec.classes().isEmpty()) {
            int index = spec.classes().indexOf(text);
            return index < 0 ? Float.NaN : index;
        }
        return switch (text) {
            case "0", "false" -> 0;
            case "1", "true" -> 1;
            default -> Float.NaN;
        };
    }

    /** NaN for what is none, or none that a double holds. */
    private static double number(String text) {
        double number = NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
        return DecimalDigits.lost(text, number).isEmpty() ? number : Double.NaN;
    }

    private String wanted() {
        if (task == Task.REGRESSION) {
            return "wanted " + targets.text(1) + ", of at most 1e30 in size";
        }
        if (!spec.classes().isEmpty()) {
            return count().isPresent()
                    ? "wanted a class from 0 to " + (classes() - 1)
                    : "wanted one of " + spec.classes();
        }
        return "wanted 0 or 1, what is to be learned";
    }

    private void problem(String key, String problem) {
        problems.add(List.of("label", key), problem);
    }
}
