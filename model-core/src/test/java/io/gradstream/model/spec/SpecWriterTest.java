package io.gradstream.model.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpecWriterTest {
    @Test
    void theCanonicalTextIsThis() {
        Bakery bakery = SpecReader.read(
                Bakery.class,
                Json.read("{\"leaven\":\"yeast\",\"properties\":{\"b\":1,\"a\":2},\"salt\":1e-3,\"name\":\"x\"}"));

        assertThat(Json.write(SpecWriter.tree(bakery)))
                .isEqualTo(
                        "{\"name\":\"x\",\"ovens\":2,\"seed\":1,\"salt\":0.001,\"water\":1.5,\"open\":false,\"shift\":\"early-morning\","
                                + "\"proof-time\":\"10m\",\"breads\":[],\"leaven\":{\"type\":\"yeast\",\"grams\":7},"
                                + "\"properties\":{\"a\":\"2\",\"b\":\"1\"},\"shelves\":{}}");
    }

    @Test
    void aKindAloneIsWrittenWithItsName() {
        assertThat(SpecWriter.tree(new Bakery.Yeast(3))).isEqualTo(Map.of("type", "yeast", "grams", 3L));
    }

    @Test
    void whatIsWrittenReadsBackEqual() {
        Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            Bakery bakery = bakery(random);
            Object tree = SpecWriter.tree(bakery);
            String text = Json.write(tree);

            assertThat(SpecReader.read(Bakery.class, tree)).isEqualTo(bakery);
            assertThat(Json.read(text)).isEqualTo(tree);
            assertThat(Json.write(SpecWriter.tree(SpecReader.read(Bakery.class, Json.read(text)))))
                    .isEqualTo(text);
        }
    }

    private static Bakery bakery(Random random) {
        Map<String, String> properties = new LinkedHashMap<>();
        Map<String, Bakery.Shelf> shelves = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            properties.put(text(random), text(random));
            shelves.put(text(random), new Bakery.Shelf(random.nextInt(13)));
        }
        List<Bakery.Bread> breads = IntStream.range(0, random.nextInt(4))
                .mapToObj(i -> new Bakery.Bread(1 + random.nextInt(1000), List.of(text(random))))
                .toList();
        return new Bakery(
                text(random),
                random.nextInt(),
                random.nextLong(),
                finiteFloat(random),
                finiteDouble(random),
                random.nextBoolean(),
                Bakery.Shift.values()[random.nextInt(2)],
                duration(random),
                random.nextBoolean() ? Optional.empty() : Optional.of(duration(random)),
                breads,
                leaven(random),
                properties,
                shelves,
                random.nextBoolean() ? Optional.empty() : Optional.of(new Bakery.Shelf(2)));
    }

    private static Bakery.Leaven leaven(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> new Bakery.Yeast(random.nextInt());
            case 1 -> new Bakery.Sourdough(duration(random), new Bakery.NoBait());
            default -> new Bakery.Sourdough(duration(random), new Bakery.Fruit(text(random)));
        };
    }

    private static Duration duration(Random random) {
        long millis = (random.nextLong() >>> 1 + random.nextInt(62))
                % Duration.ofDays(100_000).toMillis();
        return Duration.ofMillis(random.nextBoolean() ? millis : millis / 1000 * 1000);
    }

    /** Any characters, whole code points only. */
    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            int point = random.nextInt(Character.MAX_CODE_POINT + 1) >>> random.nextInt(21);
            text.appendCodePoint(point >= 0xd800 && point <= 0xdfff ? '.' : point);
        }
        return text.toString();
    }

    private static float finiteFloat(Random random) {
        float value = Float.intBitsToFloat(random.nextInt());
        return Float.isFinite(value) ? value : 1.0E10f;
    }

    private static double finiteDouble(Random random) {
        double value = Double.longBitsToDouble(random.nextLong());
        return Double.isFinite(value) ? value : 1.0E23;
    }
}
