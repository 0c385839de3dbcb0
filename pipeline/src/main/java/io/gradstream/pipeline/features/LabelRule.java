package io.gradstream.pipeline.features;

import io.gradstream.connectors.formats.FieldType;
import io.gradstream.connectors.formats.FieldValues;
import io.gradstream.model.losses.Targets;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Makes the target of an outcome: 0 or 1, the index of a class, or the value. Stateless. */
public sealed interface LabelRule extends Serializable {

    /** Index of the outcome's field among the fields of its input. */
    int field();

    /** What the field is to be decoded as. */
    FieldType type();

    /** The target of a value that is there. */
    float known(FieldValues values) throws BadExampleException;

    /**
     * The target of a record; NaN when its field is missing.
     *
     * @throws BadExampleException when the task does not know such an outcome: {@code impossible-label}
     */
    default float target(FieldValues values) throws BadExampleException {
        boolean present = values.present(field()) && (type() != FieldType.TEXT || values.textLength(field()) > 0);
        return present ? known(values) : Float.NaN;
    }

    /** Binary: 1 above the threshold, else 0. */
    record Threshold(int field, double threshold) implements LabelRule {
        @Override
        public FieldType type() {
            return FieldType.NUMBER;
        }

        @Override
        public float known(FieldValues values) throws BadExampleException {
            double value = values.number(field);
            if (!Double.isFinite(value)) {
                throw impossible("a finite number", value);
            }
            return value > threshold ? 1 : 0;
        }
    }

    /** Binary: true is 1, false is 0. */
    record Flag(int field) implements LabelRule {
        @Override
        public FieldType type() {
            return FieldType.BOOLEAN;
        }

        @Override
        public float known(FieldValues values) {
            return values.flag(field) ? 1 : 0;
        }
    }

    /** A whole number from 0 that is the class. */
    record ClassNumber(int field, int classes) implements LabelRule {
        @Override
        public FieldType type() {
            return FieldType.NUMBER;
        }

        @Override
        public float known(FieldValues values) throws BadExampleException {
            double value = values.number(field);
            if (!(value >= 0 && value < classes) || value != Math.rint(value)) {
                throw impossible("a whole number from 0 to " + (classes - 1), value);
            }
            return (float) value;
        }
    }

    /** A text, by its place in a list. */
    final class ClassName implements LabelRule {

        private static final long serialVersionUID = 1L;

        private final int field;
        private final byte[][] names;

        /** @param names of the classes in their order */
        public ClassName(int field, List<String> names) {
            this.field = field;
            this.names = names.stream()
                    .map(name -> name.getBytes(StandardCharsets.UTF_8))
                    .toArray(byte[][]::new);
        }

        @Override
        public int field() {
            return field;
        }

        @Override
        public FieldType type() {
            return FieldType.TEXT;
        }

        @Override
        public float known(FieldValues values) throws BadExampleException {
            int from = values.textStart(field);
            int to = from + values.textLength(field);
            for (int i = 0; i < names.length; i++) {
                if (Arrays.equals(names[i], 0, names[i].length, values.text(), from, to)) {
                    return i;
                }
            }
            throw impossible("one of the " + names.length + " classes", quoted(values));
        }

        private String quoted(FieldValues values) {
            String text = values.text(field);
            return "\"" + (text.length() > 80 ? text.substring(0, 80) + "…" : text) + "\"";
        }
    }

    /**
     * Regression: the value itself.
     *
     * @param field of the value
     * @param targets what the loss can take
     */
    record Value(int field, Targets targets) implements LabelRule {
        /** Any finite value. */
        public Value(int field) {
            this(field, Targets.NUMBER);
        }

        @Override
        public FieldType type() {
            return FieldType.NUMBER;
        }

        @Override
        public float known(FieldValues values) throws BadExampleException {
            double value = values.number(field);
            double size = Math.abs(value);
            if (size != 0 && !(size >= Columns.SMALLEST && size <= Columns.LARGEST)) {
                throw impossible("0 or between " + Columns.SMALLEST + " and " + Columns.LARGEST + " in size", value);
            }
            if (!targets.allow((float) value, 1)) {
                throw impossible(targets.text(1) + ", as the loss needs", value);
            }
            return (float) value;
        }
    }

    private static BadExampleException impossible(String wanted, Object came) {
        return new BadExampleException(
                BadExampleException.IMPOSSIBLE_LABEL, "the label must be " + wanted + ", was " + came);
    }
}
