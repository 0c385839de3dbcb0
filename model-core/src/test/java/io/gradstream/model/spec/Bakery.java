package io.gradstream.model.spec;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings of every type that can be bound. */
@Doc("A bakery.")
record Bakery(
        @Doc("What it is called.") String name,
        @Doc("How many ovens.") @Default("2") int ovens,
        @Default("1") long seed,
        @Default("0.25") float salt,
        @Default("1.5") double water,
        @Default("false") boolean open,
        @Doc("When it works.") @Default("early-morning") Shift shift,
        @Default("10m") Duration proofTime,
        @Key("wait") Optional<Duration> waiting,
        @Default("[]") List<Bread> breads,
        @Default("yeast") Leaven leaven,
        @Default("{}") Map<String, String> properties,
        @Default("{}") Map<String, Shelf> shelves,
        Optional<Shelf> window) {

    enum Shift {
        @Doc("Before the birds.")
        EARLY_MORNING,
        NIGHT
    }

    @Doc("A bread.")
    record Bread(
            @Doc("Its weight in grams, above 0.") int grams,
            @Default("[]") List<String> seeds) {
        Bread {
            seeds = List.copyOf(seeds);
            if (grams <= 0) {
                throw new IllegalArgumentException("grams must be above 0, was " + grams);
            }
            if (seeds.contains("stone")) {
                throw new SpecException(List.of("seeds", seeds.indexOf("stone")), "a stone is no seed");
            }
        }
    }

    @Discriminator("type")
    sealed interface Leaven {}

    @Doc("From the shop.")
    @Kind("yeast")
    record Yeast(@Default("7") int grams) implements Leaven {}

    @Kind("sourdough")
    record Sourdough(Duration age, @Default("none") Bait bait) implements Leaven {}

    @Discriminator("from")
    sealed interface Bait {
        @FromText
        static Bait of(String text) {
            if (text.isBlank()) {
                throw new IllegalArgumentException("a fruit needs a name");
            }
            return new Fruit(text);
        }
    }

    @Kind("none")
    record NoBait() implements Bait {}

    @Kind("fruit")
    record Fruit(String fruit) implements Bait {}

    record Shelf(@Default("1") int boards) {
        Shelf {
            if (boards == 13) {
                throw new IllegalArgumentException("thirteen is not allowed here");
            }
        }

        @FromText
        static Shelf boards(String text) {
            return new Shelf(Integer.parseInt(text.replace(" boards", "")));
        }
    }
}
