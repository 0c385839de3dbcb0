package io.gradstream.pipeline.features;

import io.gradstream.model.spec.Default;
import io.gradstream.model.spec.Discriminator;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One entry of {@code features}. In YAML the kind is the key: {@code {log: distance}}, {@code {cross: [a, b], buckets: 4096}}. */
@Doc("One feature, or several of one kind. The kind is the key, its value a field or a list of fields.")
@Discriminator("kind")
public sealed interface FeatureSpec
        permits FeatureSpec.Numeric,
                FeatureSpec.Log,
                FeatureSpec.Bucket,
                FeatureSpec.Categorical,
                FeatureSpec.Cross,
                FeatureSpec.AllPairs,
                FeatureSpec.Flag,
                FeatureSpec.HourOfDay,
                FeatureSpec.TimeOfDay,
                FeatureSpec.DayOfWeek,
                FeatureSpec.Month,
                SequenceFeature,
                ImageFeature,
                TokensFeature {

    /** The fields this is made of; for crosses, the features. */
    List<String> of();

    /** A number as it is. */
    @Kind("numeric")
    @Doc("A number as it is.")
    record Numeric(
            @Doc("Field, or list of fields.") List<String> of,

            @Doc("Name of the feature; without it the field's.")
            Optional<String> name,

            @Doc("What the model makes of a missing value.") @Default("default")
            Missing missing,

            @Doc("A record without it is a dead letter.") @Default("false")
            boolean required)
            implements FeatureSpec {}

    /** sign(x) ln(1 + |x|). */
    @Kind("log")
    @Doc("sign(x) · ln(1 + |x|): for numbers that span orders of magnitude.")
    record Log(
            @Doc("Field, or list of fields.") List<String> of,

            @Doc("Name of the feature; without it log-FIELD.")
            Optional<String> name,

            @Doc("What the model makes of a missing value.") @Default("default")
            Missing missing,

            @Doc("A record without it is a dead letter.") @Default("false")
            boolean required)
            implements FeatureSpec {}

    /** A number by the interval it falls into. */
    @Kind("bucket")
    @Doc("A number by the interval it falls into, as a category.")
    record Bucket(
            @Doc("Field, or list of fields.") List<String> of,

            @Doc("Ascending edges; n edges make n + 1 intervals, each holding its lower edge.")
            List<Double> edges,

            @Doc("Name of the feature; without it bucket-FIELD.")
            Optional<String> name,

            @Doc("A record without it is a dead letter.") @Default("false")
            boolean required)
            implements FeatureSpec {}

    /** A value hashed into buckets. */
    @Kind("categorical")
    @Doc("A value hashed into buckets, each with its own weights. A value never seen is a category like any other.")
    record Categorical(
            @Doc("Field, or list of fields.") List<String> of,

            @Doc("Buckets, one of them for missing; 2^16 may be written so.") @Default("1024")
            int buckets,

            @Doc("Name of the feature; without it the field's.")
            Optional<String> name,

            @Doc("A record without it is a dead letter.") @Default("false")
            boolean required)
            implements FeatureSpec {}

    /** Several categories at once, hashed into buckets. */
    @Kind("cross")
    @Doc("Several categories at once, hashed into buckets.")
    record Cross(
            @Doc("Names of features that are categories.") List<String> of,

            @Doc("Buckets, one of them for missing.") @Default("65536")
            int buckets,

            @Doc("Name of the feature; without it A-x-B.") Optional<String> name)
            implements FeatureSpec {}

    /** A cross of each pair. */
    @Kind("all-pairs")
    @Doc("A cross of each pair of a list.")
    record AllPairs(
            @Doc("Names of features that are categories.") List<String> of,

            @Doc("Buckets of each cross, one of them for missing.") @Default("65536")
            int buckets)
            implements FeatureSpec {}

    /** True or false. */
    @Kind("boolean")
    @Doc("True or false.")
    record Flag(
            @Doc("Field, or list of fields.") List<String> of,

            @Doc("number (0 or 1) or category.") @Default("number")
            FlagAs as,

            @Doc("Name of the feature; without it the field's.")
            Optional<String> name,

            @Doc("What the model makes of a missing value, if it is a number.") @Default("default")
            Missing missing,

            @Doc("A record without it is a dead letter.") @Default("false")
            boolean required)
            implements FeatureSpec {}

    /** Hour of the day, UTC. */
    @Kind("hour-of-day")
    @Doc("Hour of the day of a time, UTC.")
    record HourOfDay(
            @Doc("Time field.") List<String> of,

            @Doc("category (24), or cycle (sine and cosine of the time of day to the millisecond).")
            @Default("category")
            TimeAs as,

            @Doc("Name of the feature; without it hour-of-day.")
            Optional<String> name,

            @Doc("A record without it is a dead letter.") @Default("false")
            boolean required)
            implements FeatureSpec {}

    /** Time of the day in slots, UTC. */
    @Kind("time-of-day")
    @Doc("Time of the day as a category: the slot of the day, UTC, that a time falls into.")
    record TimeOfDay(
            @Doc("Time field.") List<String> of,

            @Doc("Length of a slot, 1s to 12h; where a day is no whole number of them, its last is shorter.")
            @Default("1h")
            Duration every,

            @Doc("Name of the feature; without it time-of-day.")
            Optional<String> name,

            @Doc("A record without it is a dead letter.") @Default("false")
            boolean required)
            implements FeatureSpec {

        public TimeOfDay {
            if (every.toMillis() < 1000 || every.toMillis() > Times.DAY / 2) {
                throw new IllegalArgumentException("every must be from 1s to 12h, was " + every.toMillis() + "ms");
            }
        }
    }

    /** Day of the week, UTC. */
    @Kind("day-of-week")
    @Doc("Day of the week of a time, UTC.")
    record DayOfWeek(
            @Doc("Time field.") List<String> of,

            @Doc("category (7), or cycle (sine and cosine).") @Default("category")
            TimeAs as,

            @Doc("Name of the feature; without it day-of-week.")
            Optional<String> name,

            @Doc("A record without it is a dead letter.") @Default("false")
            boolean required)
            implements FeatureSpec {}

    /** Month of the year, UTC. */
    @Kind("month")
    @Doc("Month of a time, UTC.")
    record Month(
            @Doc("Time field.") List<String> of,

            @Doc("category (12), or cycle (sine and cosine).") @Default("category")
            TimeAs as,

            @Doc("Name of the feature; without it month.") Optional<String> name,

            @Doc("A record without it is a dead letter.") @Default("false")
            boolean required)
            implements FeatureSpec {}

    /** What the model makes of a missing number. */
    enum Missing {
        /** A second number is 1 where the number is missing. */
        INDICATOR,
        /** Nothing more: the model puts something in its place, a preset the running mean. */
        DEFAULT
    }

    /** What a boolean becomes. */
    enum FlagAs {
        NUMBER,
        CATEGORY
    }

    /** What a part of a time becomes. */
    enum TimeAs {
        CATEGORY,
        CYCLE
    }
}
