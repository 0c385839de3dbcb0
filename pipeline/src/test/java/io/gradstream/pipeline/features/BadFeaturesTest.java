package io.gradstream.pipeline.features;

import static io.gradstream.pipeline.features.Features.UNNAMED;
import static io.gradstream.pipeline.features.Features.bucket;
import static io.gradstream.pipeline.features.Features.categorical;
import static io.gradstream.pipeline.features.Features.log;
import static io.gradstream.pipeline.features.Features.numeric;
import static io.gradstream.pipeline.features.Features.pairs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.connectors.formats.FieldValues;
import io.gradstream.pipeline.features.FeatureSpec.FlagAs;
import io.gradstream.pipeline.features.FeatureSpec.Missing;
import io.gradstream.pipeline.features.FeatureSpec.TimeAs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that no row can hold, and features that cannot be. */
class BadFeaturesTest {

    private final List<String> problems = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void notFiniteIsRefused(double value) {
        assertRefused(value, "not-finite", numeric("x"));
        assertRefused(value, "not-finite", log("x", Missing.DEFAULT));
        assertRefused(value, "not-finite", bucket("x", 1.0));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.1e-38, -1e-45, Double.MIN_VALUE, 1.0001e30, -1e38, Double.MAX_VALUE})
    void outOfRangeIsRefused(double value) {
        assertRefused(value, "out-of-range", numeric("x"));
        assertRefused(value, "out-of-range", log("x", Missing.DEFAULT));
        assertRefused(value, "out-of-range", bucket("x", 1.0));
    }

    private void assertRefused(double value, String reason, FeatureSpec feature) {
        assertThat(problemsOf(feature)).isEmpty();
        FeaturePlan plan = FeaturePlan.of(List.of(feature), new UsedFields(), (at, key, problem) -> {});
        FieldValues values = new FieldValues(1);
        values.setNumber(0, value);
        assertThatThrownBy(() -> plan.extractor().extract(values, new float[1], new int[1]))
                .isInstanceOfSatisfying(
                        BadExampleException.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageContaining("'x'")
                .hasMessageContaining(String.valueOf(value));
    }

    @Test
    void aRequiredFieldWithoutValueIsRefused() {
        List<FeatureSpec> required = List.of(
                new FeatureSpec.Numeric(List.of("x"), UNNAMED, Missing.DEFAULT, true),
                new FeatureSpec.Log(List.of("x"), UNNAMED, Missing.DEFAULT, true),
                new FeatureSpec.Bucket(List.of("x"), List.of(1.0), UNNAMED, true),
                new FeatureSpec.Categorical(List.of("x"), 9, UNNAMED, true),
                new FeatureSpec.Flag(List.of("x"), FlagAs.NUMBER, UNNAMED, Missing.DEFAULT, true),
                new FeatureSpec.Flag(List.of("x"), FlagAs.CATEGORY, UNNAMED, Missing.DEFAULT, true),
                new FeatureSpec.HourOfDay(List.of("x"), TimeAs.CATEGORY, UNNAMED, true),
                new FeatureSpec.Month(List.of("x"), TimeAs.CYCLE, UNNAMED, true));
        for (FeatureSpec feature : required) {
            FeaturePlan plan = FeaturePlan.of(List.of(feature), new UsedFields(), (at, key, problem) -> {});
            assertThatThrownBy(() -> plan.extractor().extract(new FieldValues(1), new float[2], new int[1]))
                    .isInstanceOfSatisfying(
                            BadExampleException.class,
                            e -> assertThat(e.reason()).isEqualTo("missing-field"))
                    .hasMessageContaining("'x'");
        }
    }

    private List<String> problemsOf(FeatureSpec... features) {
        FeaturePlan.of(
                List.of(features),
                new UsedFields(),
                (feature, key, problem) -> problems.add(feature + "." + key + ": " + problem));
        return problems;
    }

    @Test
    void whatCannotBeIsNamed() {
        assertThat(problemsOf(
                        numeric("x"),
                        numeric("x"),
                        categorical(1, "c"),
                        bucket("y", 1.0, 1.0),
                        new FeatureSpec.Bucket(List.of("z"), List.of(), UNNAMED, false),
                        new FeatureSpec.Numeric(List.of("p", "q"), Optional.of("r"), Missing.DEFAULT, false),
                        new FeatureSpec.HourOfDay(List.of("t", "u"), TimeAs.CATEGORY, UNNAMED, false),
                        numeric("a..b"),
                        new FeatureSpec.Cross(List.of("c", "x"), 10, UNNAMED),
                        new FeatureSpec.Cross(List.of("c", "d"), 10, UNNAMED),
                        new FeatureSpec.Cross(List.of("c", "c"), 10, UNNAMED),
                        pairs(10, "c"),
                        numeric()))
                .containsExactly(
                        "1.name: a feature 'x' is there already; give this one another 'name'",
                        "2.buckets: must be at least 2 (one is for missing), was 1",
                        "3.edges: must be finite and ascend, but 1.0 is at position 2",
                        "4.edges: needs at least one edge",
                        "5.name: one name for 2 fields; write one entry per field, or leave the name out",
                        "6.of: takes one time field; write one entry per field, each with a name",
                        "7.of: a field's path must be names joined by dots, was 'a..b'",
                        "12.of: names no field",
                        "8.of: 'x' is a number; a cross is of categories: use bucket, or as: category",
                        "9.of: no feature 'd' that is a category; known: c, bucket-y, bucket-z",
                        "10.of: a cross needs at least two features that differ, was [c, c]",
                        "11.of: needs at least two features to pair");
    }
}
