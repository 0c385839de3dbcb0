package io.gradstream.pipeline.features;

import static io.gradstream.pipeline.features.Features.UNNAMED;
import static io.gradstream.pipeline.features.Features.bucket;
import static io.gradstream.pipeline.features.Features.categorical;
import static io.gradstream.pipeline.features.Features.hour;
import static io.gradstream.pipeline.features.Features.log;
import static io.gradstream.pipeline.features.Features.numeric;
import static io.gradstream.pipeline.features.Features.pairs;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.gradstream.connectors.formats.FieldValues;
import io.gradstream.model.CategoryField;
import io.gradstream.model.InputLayout;
import io.gradstream.model.InputSpec;
import io.gradstream.pipeline.features.FeatureSpec.FlagAs;
import io.gradstream.pipeline.features.FeatureSpec.Missing;
import io.gradstream.pipeline.features.FeatureSpec.TimeAs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureExtractorTest {

    private final UsedFields fields = new UsedFields();
    private final List<String> problems = new ArrayList<>();

    private FeaturePlan plan(FeatureSpec... features) {
        FeaturePlan plan = FeaturePlan.of(
                List.of(features),
                fields,
                (feature, key, problem) -> problems.add(feature + "." + key + ": " + problem));
        assertThat(problems).isEmpty();
        return plan;
    }

    /** All kinds over seven fields. */
    private FeaturePlan everything() {
        return plan(
                numeric("distance", "price"),
                log("price", Missing.INDICATOR),
                new FeatureSpec.Flag(List.of("weekend"), FlagAs.NUMBER, UNNAMED, Missing.DEFAULT, false),
                new FeatureSpec.Flag(
                        List.of("weekend"), FlagAs.CATEGORY, Optional.of("weekend-id"), Missing.DEFAULT, false),
                categorical(100, "origin", "destination"),
                bucket("distance", 0.0, 100.0, 1000.0),
                hour("time", TimeAs.CATEGORY),
                new FeatureSpec.HourOfDay(List.of("time"), TimeAs.CYCLE, Optional.of("clock"), false),
                new FeatureSpec.DayOfWeek(List.of("time"), TimeAs.CATEGORY, UNNAMED, false),
                new FeatureSpec.Month(List.of("time"), TimeAs.CATEGORY, UNNAMED, false),
                pairs(1 << 16, "origin", "destination", "hour-of-day"),
                new FeatureSpec.Cross(List.of("origin", "bucket-distance", "weekend-id"), 77, Optional.of("three")));
    }

    @Test
    void inputsNameWhatTheRowHolds() {
        FeaturePlan plan = everything();
        assertThat(plan.numberNames())
                .containsExactly(
                        "distance", "price", "log-price", "log-price-missing", "weekend", "clock-sine", "clock-cosine");
        assertThat(plan.idNames())
                .containsExactly(
                        "weekend-id",
                        "origin",
                        "destination",
                        "bucket-distance",
                        "hour-of-day",
                        "day-of-week",
                        "month",
                        "origin-x-destination",
                        "origin-x-hour-of-day",
                        "destination-x-hour-of-day",
                        "three");
        assertThat(plan.layout()).isEqualTo(new InputLayout(7, 11));
        assertThat(plan.inputs())
                .containsExactly(
                        new InputSpec.NumbersInput("numbers", 7, true),
                        new InputSpec.CategoriesInput(
                                "categories",
                                List.of(
                                        new CategoryField("weekend-id", 3),
                                        new CategoryField("origin", 100),
                                        new CategoryField("destination", 100),
                                        new CategoryField("bucket-distance", 5),
                                        new CategoryField("hour-of-day", 25),
                                        new CategoryField("day-of-week", 8),
                                        new CategoryField("month", 13))),
                        new InputSpec.CategoriesInput(
                                "crosses",
                                List.of(
                                        new CategoryField("origin-x-destination", 1 << 16),
                                        new CategoryField("origin-x-hour-of-day", 1 << 16),
                                        new CategoryField("destination-x-hour-of-day", 1 << 16),
                                        new CategoryField("three", 77))));
    }

    @Test
    void matchesAPlainReferenceOnRandomEvents() throws Exception {
        FeaturePlan plan = everything();
        FeatureExtractor extractor = plan.extractor();
        Random random = new Random(5);
        FieldValues values = new FieldValues(fields.all().size());
        float[] numbers = new float[7];
        int[] ids = new int[11];
        for (int round = 0; round < 20_000; round++) {
            PlainEvent event = PlainEvent.random(random);
            event.put(values, fields.all());
            extractor.extract(values, numbers, ids);
            assertThat(numbers).containsExactly(event.numbers());
            assertThat(ids).containsExactly(event.ids());
        }
    }

    /** These values may never change: trained weights belong to them. */
    @Test
    void isStableToTheBit() throws Exception {
        FeaturePlan plan = everything();
        FieldValues values = new FieldValues(fields.all().size());
        new PlainEvent(862.0, 0.1, true, "ORD", "LAX", 978_328_560_123L).put(values, fields.all());
        float[] numbers = new float[7];
        int[] ids = new int[11];
        plan.extractor().extract(values, numbers, ids);
        assertThat(numbers).containsExactly(862f, 0.1f, 0.09531018f, 0f, 1f, 0.9998478f, 0.017443463f);
        assertThat(ids).containsExactly(2, 9, 52, 3, 6, 1, 1, 53813, 38204, 34144, 9);
    }

    @Test
    void missingIsNaNAndId0() throws Exception {
        FeaturePlan plan = everything();
        FieldValues values = new FieldValues(fields.all().size());
        float[] numbers = new float[7];
        int[] ids = new int[11];
        plan.extractor().extract(values, numbers, ids);
        float nan = Float.NaN;
        assertThat(numbers).containsExactly(nan, nan, nan, 1, nan, nan, nan);
        assertThat(ids).containsOnly(0);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "599999, 1", "600000, 2", "86399999, 144", "86400000, 1", "-1, 144", "-86400000, 1"})
    void aTimeOfDayIsItsSlot(long millis, int id) throws Exception {
        FeaturePlan plan = plan(new FeatureSpec.TimeOfDay(List.of("t"), Duration.ofMinutes(10), UNNAMED, false));
        FieldValues values = new FieldValues(1);
        int[] ids = new int[1];
        values.setTime(0, millis);
        plan.extractor().extract(values, new float[0], ids);
        assertThat(ids).containsExactly(id);
        assertThat(plan.inputs())
                .containsExactly(
                        new InputSpec.CategoriesInput("categories", List.of(new CategoryField("time-of-day", 145))));
    }

    @Test
    void theLastSlotOfADayMayBeShorter() throws Exception {
        FeaturePlan plan = plan(new FeatureSpec.TimeOfDay(List.of("t"), Duration.ofHours(7), UNNAMED, false));
        FieldValues values = new FieldValues(1);
        int[] ids = new int[1];
        values.setTime(0, 86_399_999);
        plan.extractor().extract(values, new float[0], ids);
        assertThat(ids).containsExactly(4);
    }

    @Test
    void anEmptyTextIsMissing() throws Exception {
        FeaturePlan plan = plan(categorical(10, "origin"));
        FieldValues values = new FieldValues(1);
        values.setText(0, "");
        int[] ids = {7};
        plan.extractor().extract(values, new float[0], ids);
        assertThat(ids).containsExactly(0);
    }

    @Test
    void anAirportNeverSeenIsACategoryLikeAnyOther() throws Exception {
        FeaturePlan plan = plan(categorical(1 << 20, "origin"));
        FieldValues values = new FieldValues(1);
        int[] ids = new int[1];
        values.setText(0, "Flughafen Zürich ✈ 42");
        plan.extractor().extract(values, new float[0], ids);
        assertThat(ids[0]).isBetween(1, (1 << 20) - 1);
    }

    @Test
    void crossesDependOnOrderAndName() throws Exception {
        int many = Integer.MAX_VALUE;
        FeaturePlan plan = plan(
                categorical(9, "a", "b"),
                new FeatureSpec.Cross(List.of("a", "b"), many, Optional.of("ab")),
                new FeatureSpec.Cross(List.of("b", "a"), many, Optional.of("ba")),
                new FeatureSpec.Cross(List.of("a", "b"), many, Optional.of("other")));
        FieldValues values = new FieldValues(2);
        values.setText(0, "x");
        values.setText(1, "y");
        int[] ids = new int[5];
        plan.extractor().extract(values, new float[0], ids);
        int[] swapped = new int[5];
        values.clear();
        values.setText(0, "y");
        values.setText(1, "x");
        plan.extractor().extract(values, new float[0], swapped);
        assertThat(new int[] {ids[2], ids[3], ids[4], swapped[2], swapped[3], swapped[4]})
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.0, 1.2e-38, -1.2e-38, 1e30, -1e30, 1, Math.PI})
    void whatIsInRangeIsTakenAsAFloat(double value) throws Exception {
        FieldValues values = new FieldValues(1);
        values.setNumber(0, value);
        float[] numbers = new float[1];
        plan(numeric("x")).extractor().extract(values, numbers, new int[0]);
        assertThat(numbers[0]).isEqualTo((float) value);
        assertThat(Float.isFinite(numbers[0])).isTrue();
    }

    @Test
    void aPlanIsSerializable() throws Exception {
        FeaturePlan plan = everything();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(plan);
        FeaturePlan copy =
                (FeaturePlan) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
        FieldValues values = new FieldValues(fields.all().size());
        new PlainEvent(862.0, 0.1, true, "ORD", "LAX", 978_328_560_123L).put(values, fields.all());
        int[] ids = new int[11];
        int[] ofCopy = new int[11];
        plan.extractor().extract(values, new float[7], ids);
        copy.extractor().extract(values, new float[7], ofCopy);
        assertThat(ofCopy).containsExactly(ids);
        assertThat(copy.inputs()).isEqualTo(plan.inputs());
    }

    @Test
    void allocatesNothing() throws Exception {
        FeaturePlan plan = everything();
        FeatureExtractor extractor = plan.extractor();
        FieldValues values = new FieldValues(fields.all().size());
        new PlainEvent(862.0, 0.1, true, "ORD", "LAX", 978_328_560_123L).put(values, fields.all());
        float[] numbers = new float[7];
        int[] ids = new int[11];
        for (int i = 0; i < 20_000; i++) {
            extractor.extract(values, numbers, ids);
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 20_000; i++) {
            extractor.extract(values, numbers, ids);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(20_000);
    }
}
