package io.gradstream.pipeline.features;

import io.gradstream.connectors.formats.FieldValues;
import java.io.Serializable;

/**
 * The columns of a row: each knows its field and where in the row it goes. Numbers go to {@code numbers}, categories to {@code ids} and,
 * at the same index, their full hash to {@code hashes}, which crosses read.
 */
final class Columns {

    /** The largest number that is taken as it is; squares and products of a few stay finite in a float. */
    static final double LARGEST = 1e30;

    /** The smallest number other than 0 that is taken: below it floats lose digits and some machines flush them to 0. */
    static final double SMALLEST = 1.2e-38;

    private Columns() {}

    /** A number of a field, checked: finite, and 0 or between the limits. */
    static double checked(double value, String field) throws BadExampleException {
        double size = Math.abs(value);
        if ((size >= SMALLEST && size <= LARGEST) || size == 0) {
            return value;
        }
        if (Double.isNaN(size) || Double.isInfinite(size)) {
            throw new BadExampleException(
                    BadExampleException.NOT_FINITE, "field '" + field + "' is not a finite number: " + value);
        }
        throw new BadExampleException(
                BadExampleException.OUT_OF_RANGE,
                "field '" + field + "' must be 0 or between " + SMALLEST + " and " + LARGEST + " in size, was "
                        + value);
    }

    static void require(boolean required, String field) throws BadExampleException {
        if (required) {
            throw new BadExampleException(
                    BadExampleException.MISSING_FIELD, "field '" + field + "' is required and has no value");
        }
    }

    /** How a number is made of a field. */
    enum NumberOf {
        PLAIN,
        LOG,
        FLAG
    }

    /** One number, and where wanted a second that is 1 if the first is missing ({@code indicatorAt}, else -1). */
    record NumberColumn(int field, String path, NumberOf of, boolean required, int at, int indicatorAt)
            implements Serializable {

        void extract(FieldValues values, float[] numbers) throws BadExampleException {
            boolean present = values.present(field);
            if (!present) {
                require(required, path);
            }
            numbers[at] = present ? number(values) : Float.NaN;
            if (indicatorAt >= 0) {
                numbers[indicatorAt] = present ? 0 : 1;
            }
        }

        private float number(FieldValues values) throws BadExampleException {
            return switch (of) {
                case PLAIN -> (float) checked(values.number(field), path);
                case LOG -> {
                    double value = checked(values.number(field), path);
                    yield (float) Math.copySign(StrictMath.log1p(Math.abs(value)), value);
                }
                case FLAG -> values.flag(field) ? 1 : 0;
            };
        }
    }

    /** Which part of a time. */
    enum TimePart {
        HOUR_OF_DAY(24),
        DAY_OF_WEEK(7),
        MONTH(12);

        /** How many there are. */
        final int count;

        TimePart(int count) {
            this.count = count;
        }

        int index(long millis) {
            return switch (this) {
                case HOUR_OF_DAY -> Times.hourOfDay(millis);
                case DAY_OF_WEEK -> Times.dayOfWeek(millis);
                case MONTH -> Times.month(millis);
            };
        }

        double fraction(long millis) {
            return switch (this) {
                case HOUR_OF_DAY -> Times.ofDay(millis);
                case DAY_OF_WEEK -> Times.ofWeek(millis);
                case MONTH -> Times.ofYear(millis);
            };
        }
    }

    /** Sine and cosine of a part of a time; two numbers. */
    record CycleColumn(int field, String path, TimePart part, boolean required, int at) implements Serializable {

        void extract(FieldValues values, float[] numbers) throws BadExampleException {
            if (!values.present(field)) {
                require(required, path);
                numbers[at] = Float.NaN;
                numbers[at + 1] = Float.NaN;
                return;
            }
            double turns = part.fraction(values.time(field));
            numbers[at] = (float) Turns.sine(turns);
            numbers[at + 1] = (float) Turns.cosine(turns);
        }
    }

    /** A text, hashed. */
    record TextColumn(int field, String path, boolean required, int buckets, int at) implements Serializable {

        void extract(FieldValues values, int[] ids, long[] hashes) throws BadExampleException {
            if (!values.present(field) || values.textLength(field) == 0) {
                require(required, path);
                hashes[at] = 0;
                ids[at] = 0;
                return;
            }
            long hash = Hashing.xxh64(values.text(), values.textStart(field), values.textLength(field));
            hashes[at] = hash;
            ids[at] = Hashing.id(hash, buckets);
        }
    }

    /** A number by the interval it falls into; {@code edges} ascend. */
    record IntervalColumn(int field, String path, boolean required, double[] edges, int at) implements Serializable {

        void extract(FieldValues values, int[] ids, long[] hashes) throws BadExampleException {
            int index = -1;
            if (values.present(field)) {
                index = interval(checked(values.number(field), path));
            } else {
                require(required, path);
            }
            put(index, at, ids, hashes);
        }

        /** How many edges are at most the value. */
        private int interval(double value) {
            int low = 0;
            int high = edges.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (edges[middle] <= value) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }
    }

    /** True or false. */
    record FlagColumn(int field, String path, boolean required, int at) implements Serializable {

        void extract(FieldValues values, int[] ids, long[] hashes) throws BadExampleException {
            int index = -1;
            if (values.present(field)) {
                index = values.flag(field) ? 1 : 0;
            } else {
                require(required, path);
            }
            put(index, at, ids, hashes);
        }
    }

    /** A part of a time. */
    record TimeColumn(int field, String path, TimePart part, boolean required, int at) implements Serializable {

        void extract(FieldValues values, int[] ids, long[] hashes) throws BadExampleException {
            int index = -1;
            if (values.present(field)) {
                index = part.index(values.time(field));
            } else {
                require(required, path);
            }
            put(index, at, ids, hashes);
        }
    }

    /** The slot of the day that a time falls into. */
    record SlotColumn(int field, String path, long slotMillis, boolean required, int at) implements Serializable {

        void extract(FieldValues values, int[] ids, long[] hashes) throws BadExampleException {
            int index = -1;
            if (values.present(field)) {
                index = (int) (Times.millisOfDay(values.time(field)) / slotMillis);
            } else {
                require(required, path);
            }
            put(index, at, ids, hashes);
        }
    }

    /** Several categories at once: {@code parts} are indices of their hashes. */
    record CrossColumn(long salt, int[] parts, int buckets, int at) implements Serializable {

        void extract(long[] hashes, int[] ids) {
            long hash = salt;
            boolean anything = false;
            for (int part : parts) {
                long each = hashes[part];
                anything |= each != 0;
                hash = Hashing.mix(hash ^ each);
            }
            ids[at] = anything ? Hashing.id(hash, buckets) : 0;
        }
    }

    /** A category with an index from 0; -1 is missing. */
    private static void put(int index, int at, int[] ids, long[] hashes) {
        ids[at] = index + 1;
        hashes[at] = index < 0 ? 0 : Hashing.mix(index + 1);
    }
}
