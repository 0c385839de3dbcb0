package io.gradstream.model.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpecReferenceTest {
    @Test
    void everySettingIsListedInItsPlace() {
        List<String> lines = new ArrayList<>();
        collect(SpecReference.of(Bakery.class), "", lines);

        assertThat(lines)
                .containsExactly(
                        "name : text, required | What it is called.",
                        "ovens : a whole number = 2 | How many ovens.",
                        "seed : a whole number = 1 | ",
                        "salt : a number = 0.25 | ",
                        "water : a number = 1.5 | ",
                        "open : true or false = false | ",
                        "shift : one of early-morning, night = early-morning | When it works. [early-morning, night]",
                        "  shift (early-morning) :  | Before the birds.",
                        "proof-time : a duration such as 500ms, 10s, 5m, 2h or 2d = 10m | ",
                        "wait : a duration such as 500ms, 10s, 5m, 2h or 2d | ",
                        "breads : a list of a section = [] | A bread.",
                        "  breads[].grams : a whole number, required | Its weight in grams, above 0.",
                        "  breads[].seeds : a list of text = [] | ",
                        "leaven : one of several kinds = yeast |  [sourdough, yeast]",
                        "  leaven (sourdough) :  | ",
                        "    leaven.age : a duration such as 500ms, 10s, 5m, 2h or 2d, required | ",
                        "    leaven.bait : one of several kinds = none |  [fruit, none]",
                        "      leaven.bait (fruit) :  | ",
                        "        leaven.bait.fruit : text, required | ",
                        "      leaven.bait (none) :  | ",
                        "  leaven (yeast) :  | From the shop.",
                        "    leaven.grams : a whole number = 7 | ",
                        "properties : a section of keys and text = {} | ",
                        "shelves : a section of keys and a section = {} | ",
                        "  shelves.*.boards : a whole number = 1 | ",
                        "window : a section | ",
                        "  window.boards : a whole number = 1 | ");
    }

    private static void collect(List<SpecReference.Entry> entries, String indent, List<String> lines) {
        for (SpecReference.Entry each : entries) {
            lines.add(indent
                    + each.path()
                    + (each.kind().isEmpty() ? "" : " (" + each.kind() + ")")
                    + " : "
                    + each.type()
                    + (each.required() ? ", required" : "")
                    + (each.defaultText().isEmpty() ? "" : " = " + each.defaultText())
                    + " | "
                    + each.doc()
                    + (each.choices().isEmpty() ? "" : " " + each.choices()));
            collect(each.children(), indent + "  ", lines);
        }
    }

    record WrongDefault(@Default("many") int ovens) {}

    record WrongKind(@Default("magic") Bakery.Leaven leaven) {}

    record Tree(@Default("[]") List<Tree> branches) {}

    @Test
    void aDefaultOfTheWrongTypeIsADefect() {
        assertThatThrownBy(() -> SpecReference.of(WrongDefault.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("many");
        assertThatThrownBy(() -> SpecReference.of(WrongKind.class))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("leaven: wanted one of sourdough, yeast, got the text \"magic\"");
    }

    @Doc("How many.")
    @Default("2")
    @Retention(RetentionPolicy.RUNTIME)
    @interface Count {}

    record Counted(
            @Count int ovens,
            @Count @Default("3") int shelves,
            @Doc("Of wood.") @Count int boards) {}

    @Test
    void whatRecordsHaveInCommonIsDeclaredOnceAndMayBeOverruled() {
        List<String> lines = new ArrayList<>();
        collect(SpecReference.of(Counted.class), "", lines);
        assertThat(lines)
                .containsExactly(
                        "ovens : a whole number = 2 | How many.",
                        "shelves : a whole number = 3 | How many.",
                        "boards : a whole number = 2 | Of wood.");
        assertThat(SpecReader.read(Counted.class, Map.of())).isEqualTo(new Counted(2, 3, 2));
    }

    @Test
    void whatRecursIsListedOnce() {
        List<SpecReference.Entry> entries = SpecReference.of(Tree.class);

        assertThat(entries).hasSize(1);
        assertThat(entries.get(0).children()).isEmpty();
    }
}
