package io.gradstream.pipeline.features;

import io.gradstream.pipeline.features.FeatureSpec.Missing;
import io.gradstream.pipeline.features.FeatureSpec.TimeAs;
import java.util.List;
import java.util.Optional;

/** Features as a test writes them: usual names, nothing required. */
final class Features {

    static final Optional<String> UNNAMED = Optional.empty();

    private Features() {}

    static FeatureSpec numeric(String... of) {
        return new FeatureSpec.Numeric(List.of(of), UNNAMED, Missing.DEFAULT, false);
    }

    static FeatureSpec log(String of, Missing missing) {
        return new FeatureSpec.Log(List.of(of), UNNAMED, missing, false);
    }

    static FeatureSpec categorical(int buckets, String... of) {
        return new FeatureSpec.Categorical(List.of(of), buckets, UNNAMED, false);
    }

    static FeatureSpec bucket(String of, Double... edges) {
        return new FeatureSpec.Bucket(List.of(of), List.of(edges), UNNAMED, false);
    }

    static FeatureSpec hour(String of, TimeAs as) {
        return new FeatureSpec.HourOfDay(List.of(of), as, UNNAMED, false);
    }

    static FeatureSpec pairs(int buckets, String... of) {
        return new FeatureSpec.AllPairs(List.of(of), buckets);
    }
}
