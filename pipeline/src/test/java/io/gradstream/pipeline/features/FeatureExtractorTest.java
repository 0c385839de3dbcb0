package io.gradstream.pipeline.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.gradstream.connectors.formats.Field;
import io.gradstream.connectors.formats.FieldType;
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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureExtractorTest {

    private static final Optional<String> UNNAMED = Optional.empty();

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

    private List<String> problemsOf(FeatureSpec... features) {
        FeaturePlan.of(
                List.of(features),
                fields,
                (feature, key, problem) -> problems.add(feature + "." + key + ": " + problem));
        return problems;
    }

    private static FeatureSpec numeric(String... of) {
        return new FeatureSpec.Numeric(List.of(of), UNNAMED, Missing.DEFAULT, false);
    }

    private static FeatureSpec log(String of, Missing missing) {
        return new FeatureSpec.Log(List.of(of), UNNAMED, missing, false);
    }

    private static FeatureSpec categorical(int buckets, String... of) {
        return new FeatureSpec.Categorical(List.of(of), buckets, UNNAMED, false);
    }

    private static FeatureSpec bucket(String of, Double... edges) {
        return new FeatureSpec.Bucket(List.of(of), List.of(edges), UNNAMED, false);
    }

    private static FeatureSpec hour(String of, TimeAs as) {
        return new FeatureSpec.HourOfDay(List.of(of), as, UNNAMED, false);
    }

    private static FeatureSpec pairs(int buckets, String... of) {
        return new FeatureSpec.AllPairs(List.of(of), buckets);
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
            Event event = Event.random(random);
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
        new Event(862.0, 0.1, true, "ORD", "LAX", 978_328_560_123L).put(values, fields.all());
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

    private void assertRefused(double value, String reason, FeatureSpec feature) {
        FeaturePlan plan = plan(feature);
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
        Optional<String> none = Optional.empty();
        List<FeatureSpec> required = List.of(
                new FeatureSpec.Numeric(List.of("x"), none, Missing.DEFAULT, true),
                new FeatureSpec.Log(List.of("x"), none, Missing.DEFAULT, true),
                new FeatureSpec.Bucket(List.of("x"), List.of(1.0), none, true),
                new FeatureSpec.Categorical(List.of("x"), 9, none, true),
                new FeatureSpec.Flag(List.of("x"), FlagAs.NUMBER, none, Missing.DEFAULT, true),
                new FeatureSpec.Flag(List.of("x"), FlagAs.CATEGORY, none, Missing.DEFAULT, true),
                new FeatureSpec.HourOfDay(List.of("x"), TimeAs.CATEGORY, none, true),
                new FeatureSpec.Month(List.of("x"), TimeAs.CYCLE, none, true));
        for (FeatureSpec feature : required) {
            FeaturePlan plan = FeaturePlan.of(List.of(feature), new UsedFields(), (at, key, problem) -> {});
            assertThatThrownBy(() -> plan.extractor().extract(new FieldValues(1), new float[2], new int[1]))
                    .isInstanceOfSatisfying(
                            BadExampleException.class,
                            e -> assertThat(e.reason()).isEqualTo("missing-field"))
                    .hasMessageContaining("'x'");
        }
    }

    @Test
    void aPlanIsSerializable() throws Exception {
        FeaturePlan plan = everything();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(plan);
        FeaturePlan copy =
                (FeaturePlan) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
        FieldValues values = new FieldValues(fields.all().size());
        new Event(862.0, 0.1, true, "ORD", "LAX", 978_328_560_123L).put(values, fields.all());
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
        new Event(862.0, 0.1, true, "ORD", "LAX", 978_328_560_123L).put(values, fields.all());
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

    /** An event, any of whose values may be missing, and its row worked out in the plainest way. */
    private record Event(Double distance, Double price, Boolean weekend, String origin, String destination, Long time) {

        static Event random(Random random) {
            return new Event(
                    random.nextInt(5) == 0 ? null : (double) (random.nextInt(3000) - 500),
                    random.nextInt(5) == 0 ? null : random.nextGaussian() * 100,
                    random.nextInt(5) == 0 ? null : random.nextBoolean(),
                    random.nextInt(5) == 0 ? null : "A" + random.nextInt(300),
                    random.nextInt(5) == 0 ? null : "a longer text, of more than 32 bytes: " + random.nextInt(300),
                    random.nextInt(5) == 0 ? null : random.nextLong() >> 20);
        }

        void put(FieldValues values, List<Field> fields) {
            values.clear();
            for (int i = 0; i < fields.size(); i++) {
                Field field = fields.get(i);
                Object value = switch (field.path()) {
                    case "distance" -> distance;
                    case "price" -> price;
                    case "weekend" -> weekend;
                    case "origin" -> origin;
                    case "destination" -> destination;
                    case "time" -> time;
                    default -> throw new AssertionError(field);
                };
                if (value == null) {
                    continue;
                } else if (field.type() == FieldType.NUMBER) {
                    values.setNumber(i, (Double) value);
                } else if (field.type() == FieldType.BOOLEAN) {
                    values.setFlag(i, (Boolean) value);
                } else if (field.type() == FieldType.TEXT) {
                    values.setText(i, (String) value);
                } else {
                    values.setTime(i, (Long) value);
                }
            }
        }

        float[] numbers() {
            double angle = time == null ? Double.NaN : 2 * Math.PI * Math.floorMod(time, 86_400_000L) / 86_400_000.0;
            return new float[] {
                distance == null ? Float.NaN : distance.floatValue(),
                price == null ? Float.NaN : price.floatValue(),
                price == null ? Float.NaN : (float) (Math.signum(price) * StrictMath.log1p(Math.abs(price))),
                price == null ? 1 : 0,
                weekend == null ? Float.NaN : weekend ? 1 : 0,
                (float) StrictMath.sin(angle),
                (float) StrictMath.cos(angle)
            };
        }

        int[] ids() {
            ZonedDateTime utc = time == null ? null : Instant.ofEpochMilli(time).atZone(ZoneOffset.UTC);
            int interval = distance == null ? -1 : distance < 0 ? 0 : distance < 100 ? 1 : distance < 1000 ? 2 : 3;
            int hour = utc == null ? -1 : utc.getHour();
            int flag = weekend == null ? -1 : weekend ? 1 : 0;
            return new int[] {
                flag + 1,
                id(hash(origin), 100),
                id(hash(destination), 100),
                interval + 1,
                hour + 1,
                utc == null ? 0 : utc.getDayOfWeek().getValue(),
                utc == null ? 0 : utc.getMonthValue(),
                cross("origin-x-destination", 1 << 16, hash(origin), hash(destination)),
                cross("origin-x-hour-of-day", 1 << 16, hash(origin), hash(hour)),
                cross("destination-x-hour-of-day", 1 << 16, hash(destination), hash(hour)),
                cross("three", 77, hash(origin), hash(interval), hash(flag))
            };
        }

        private static long hash(String text) {
            byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
            return text == null ? 0 : Hashing.xxh64(bytes, 0, bytes.length);
        }

        private static long hash(int index) {
            return Hashing.mix(index + 1);
        }

        private static int id(long hash, int buckets) {
            return hash == 0 ? 0 : Hashing.id(hash, buckets);
        }

        private static int cross(String name, int buckets, long... parts) {
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            long hash = Hashing.xxh64(bytes, 0, bytes.length);
            boolean missing = true;
            for (long part : parts) {
                missing &= part == 0;
                hash = Hashing.mix(hash ^ part);
            }
            return missing ? 0 : Hashing.id(hash, buckets);
        }
    }
}
