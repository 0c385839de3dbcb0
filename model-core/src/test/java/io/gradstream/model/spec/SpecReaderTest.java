package io.gradstream.model.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecReaderTest {
    private static Bakery read(String json) {
        return SpecReader.read(Bakery.class, Json.read(json));
    }

    /** All problems of a bakery named x with these further keys, one a line. */
    private static String problems(String json) {
        Object tree = Json.read("{\"name\":\"x\"," + json + "}");
        List<SpecException> problems = SpecReader.problems(Bakery.class, tree);
        if (!problems.isEmpty()) {
            assertThatThrownBy(() -> SpecReader.read(Bakery.class, tree))
                    .isInstanceOf(SpecException.class)
                    .hasMessage(problems.get(0).getMessage());
        }
        return String.join("\n", problems.stream().map(Throwable::getMessage).toList());
    }

    @Test
    void defaultsFillWhatIsLeftOut() {
        Bakery bakery = read("{\"name\":\"x\"}");

        assertThat(bakery)
                .isEqualTo(new Bakery(
                        "x",
                        2,
                        1,
                        0.25f,
                        1.5,
                        false,
                        Bakery.Shift.EARLY_MORNING,
                        Duration.ofMinutes(10),
                        Optional.empty(),
                        List.of(),
                        new Bakery.Yeast(7),
                        Map.of(),
                        Map.of(),
                        Optional.empty()));
    }

    @Test
    void everyTypeIsRead() {
        Bakery bakery = read("""
                {"name":"x","ovens":3,"seed":-9007199254740993,"salt":0.1,"water":2,"open":true,"shift":"night","proof-time":"90s","wait":"2d",
                 "breads":[{"grams":500},{"grams":750,"seeds":["rye","poppy"]}],"leaven":{"type":"sourdough","age":"3d","bait":"plum"},
                 "properties":{"linger.ms":10,"acks":"all","factor":0.8,"idempotent":true},"shelves":{"b":{},"a":{"boards":4}},"window":"3 boards"}
                """);

        assertThat(bakery)
                .isEqualTo(new Bakery(
                        "x",
                        3,
                        -9007199254740993L,
                        0.1f,
                        2,
                        true,
                        Bakery.Shift.NIGHT,
                        Duration.ofSeconds(90),
                        Optional.of(Duration.ofDays(2)),
                        List.of(new Bakery.Bread(500, List.of()), new Bakery.Bread(750, List.of("rye", "poppy"))),
                        new Bakery.Sourdough(Duration.ofDays(3), new Bakery.Fruit("plum")),
                        Map.of("linger.ms", "10", "acks", "all", "factor", "0.8", "idempotent", "true"),
                        Map.of("a", new Bakery.Shelf(4), "b", new Bakery.Shelf(1)),
                        Optional.of(new Bakery.Shelf(3))));
        assertThat(bakery.shelves().keySet())
                .as("sorted whatever the file's order")
                .containsExactly("a", "b");
        assertThatThrownBy(() -> bakery.shelves().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> bakery.breads().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void bareTextIsAKind() {
        assertThat(read("{\"name\":\"x\",\"leaven\":\"yeast\"}").leaven()).isEqualTo(new Bakery.Yeast(7));
        assertThat(problems("\"leaven\":\"sourdough\"")).startsWith("leaven.age: must be given: a duration such as");
        assertThat(problems("\"leaven\":\"yaest\""))
                .isEqualTo("leaven: wanted one of sourdough, yeast, got the text \"yaest\"; did you mean 'yeast'?");
        assertThat(problems("\"leaven\":{\"grams\":7}"))
                .isEqualTo("leaven.type: must be given: one of sourdough, yeast");
        assertThat(problems("\"leaven\":{\"type\":\"sour-dough\"}"))
                .isEqualTo(
                        "leaven.type: wanted one of sourdough, yeast, got the text \"sour-dough\"; did you mean 'sourdough'?");
        assertThat(problems("\"leaven\":7"))
                .isEqualTo(
                        "leaven: wanted one of sourdough, yeast, or a section with the key 'type', got the number 7");
    }

    @Test
    void aKindIsReadAloneWithOrWithoutItsName() {
        assertThat(SpecReader.read(Bakery.Yeast.class, Map.of("grams", 3))).isEqualTo(new Bakery.Yeast(3));
        assertThat(SpecReader.read(Bakery.Yeast.class, Map.of("grams", 3, "type", "yeast")))
                .isEqualTo(new Bakery.Yeast(3));
        assertThat(SpecReader.read(Bakery.Leaven.class, Map.of("grams", 3, "type", "yeast")))
                .isEqualTo(new Bakery.Yeast(3));
        assertThatThrownBy(() -> SpecReader.read(Bakery.Yeast.class, Map.of("type", "sourdough")))
                .hasMessageStartingWith("type: unknown key");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'ovnes':3 | ovnes: unknown key; did you mean 'ovens'? Known: name, ovens, seed, salt, water, open, shift, proof-time, wait, breads, leaven, properties, shelves, window",
                "'proofTime':'5m' | proofTime: unknown key; did you mean 'proof-time'? Known: *",
                "'proof_time':'5m' | proof_time: unknown key; did you mean 'proof-time'? Known: *",
                "'xyzzy':3 | xyzzy: unknown key; known: name, *",
                "'ovens':2.5 | ovens: wanted a whole number, got the number 2.5",
                "'ovens':2.0 | ovens: wanted a whole number, got the number 2.0",
                "'ovens':3000000000 | ovens: wanted a whole number from -2147483648 to 2147483647, got 3000000000",
                "'ovens':'3' | ovens: wanted a whole number, got the text \"3\": write it without quotes",
                "'ovens':null | ovens: has no value, wanted a whole number",
                "'ovens':true | ovens: wanted a whole number, got true",
                "'ovens':[1,2] | ovens: wanted a whole number, got a list of 2",
                "'ovens':{'a':1,'b':2} | ovens: wanted a whole number, got a section with the keys a, b",
                "'salt':'1e-3' | salt: wanted a number, got the text \"1e-3\": YAML wants a point and a sign in it, as in 1.0e-3",
                "'salt':1e39 | salt: wanted a finite float, got 1.0E39",
                "'salt':1e-50 | salt: the number 1.0E-50 is too close to 0 for a float",
                "'open':'yes' | open: wanted true or false, got the text \"yes\"",
                "'shift':'nihgt' | shift: wanted one of early-morning, night, got the text \"nihgt\"; did you mean 'night'?",
                "'shift':'NIGHT' | shift: wanted one of early-morning, night, got the text \"NIGHT\"; did you mean 'night'?",
                "'shift':7 | shift: wanted one of early-morning, night, got the number 7",
                "'proof-time':10 | proof-time: wanted a duration such as 500ms, 10s, 5m, 2h or 2d, got the number 10, which has no unit: write 10s or 10ms",
                "'proof-time':'1.5h' | proof-time: wanted a duration such as 500ms, 10s, 5m, 2h or 2d, got the text \"1.5h\"",
                "'proof-time':'-5m' | proof-time: wanted a duration such as 500ms, 10s, 5m, 2h or 2d, got the text \"-5m\"",
                "'proof-time':'05m' | proof-time: wanted a duration such as 500ms, 10s, 5m, 2h or 2d, got the text \"05m\"; write the number without zeros in front",
                "'proof-time':'200000000000000d' | proof-time: \"200000000000000d\" is too long a duration",
                "'breads':[{'grams':1},{'grams':0}] | breads[1].grams: must be above 0, was 0",
                "'breads':[{'grams':1,'seeds':['rye',3]}] | breads[0].seeds[1]: wanted text, got the number 3: put it in quotes if text is meant",
                "'breads':[{'grams':1,'seeds':['rye','stone']}] | breads[0].seeds[1]: a stone is no seed",
                "'breads':[{}] | breads[0].grams: must be given: a whole number",
                "'breads':{'grams':1} | breads: wanted a list of a section with the keys grams, seeds, got a section with the keys grams",
                "'breads':[null] | breads[0]: has no value, wanted a section with the keys grams, seeds",
                "'breads':['rye'] | breads[0]: wanted a section with the keys grams, seeds, got the text \"rye\"",
                "'leaven':{'type':'sourdough','age':'1d','bait':' '} | leaven.bait: a fruit needs a name",
                "'shelves':{'top shelf':{'boards':13}} | shelves[\"top shelf\"]: thirteen is not allowed here",
                "'shelves':{'a':{'board':3}} | shelves.a.board: unknown key; did you mean 'boards'? Known: boards",
                "'properties':{'a':null} | properties.a: has no value, wanted text",
                "'properties':{'a':[]} | properties.a: wanted text, got a list of 0",
                "'properties':[] | properties: wanted a section of keys and text, got a list of 0",
            })
    void whatDoesNotFitIsNamed(String json, String message) {
        String expected = message.replace("*", "");
        String problem = problems(json.replace('\'', '"'));

        assertThat(problem).startsWith(expected).doesNotContain("\n");
        if (!message.endsWith("*")) {
            assertThat(problem).isEqualTo(expected);
        }
    }

    @Test
    void allProblemsAreFoundAtOnce() {
        String json =
                "\"ovens\":0.5,\"shfit\":\"night\",\"breads\":[{\"gram\":2},{\"grams\":\"a\"}],\"leaven\":{\"type\":\"yeast\",\"a\":1}";

        assertThat(problems(json).lines().map(line -> line.substring(0, line.indexOf(':'))))
                .containsExactly("shfit", "ovens", "breads[0].gram", "breads[1].grams", "leaven.a");
    }

    @Test
    void aPathComesInPartsToo() {
        SpecException problem = catchThrowableOfType(
                SpecException.class, () -> read("{\"name\":\"x\",\"breads\":[{\"grams\":1},{\"grams\":0}]}"));

        assertThat(problem.path()).isEqualTo("breads[1].grams");
        assertThat(problem.pathParts()).containsExactly("breads", 1, "grams");
        assertThat(problem.problem()).isEqualTo("must be above 0, was 0");
    }

    @Test
    void messagesStayOnOneShortLine() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", "x");
        tree.put("a\nb\u2028" + "c".repeat(1000), 1);
        tree.put("ovens", "\r\n\u0000" + "9".repeat(1000));
        tree.put("seed", BigInteger.TEN.pow(500));
        for (SpecException each : SpecReader.problems(Bakery.class, tree)) {
            assertThat(each.getMessage()).hasLineCount(1).hasSizeLessThan(300).doesNotContain("\u2028", "\u0000");
        }
        assertThat(SpecReader.problems(Bakery.class, tree)).hasSize(3);
    }

    @Test
    void anythingMayComeAsATree() {
        List<Object> nested = new ArrayList<>();
        nested.add(nested);
        Map<Object, Object> odd = new LinkedHashMap<>();
        odd.put(1, 2);
        odd.put(null, null);
        odd.put("name", "x");
        odd.put("properties", odd);
        odd.put("breads", nested);

        assertThat(SpecReader.problems(Bakery.class, odd)).isNotEmpty();
        assertThat(SpecReader.problems(Bakery.class, null)).hasSize(1);
        assertThat(SpecReader.problems(Bakery.class, new Object())).hasSize(1);
        assertThat(SpecReader.problems(Bakery.class, "text")).hasSize(1);
    }

    record Deep(Optional<Deep> deeper) {}

    @Test
    void nestingIsBounded() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("deeper", tree);

        assertThatThrownBy(() -> SpecReader.read(Deep.class, tree)).hasMessageEndingWith("nested deeper than 64");
    }

    record Meal(@Default("1") int guests, @Inline Bakery.Leaven leaven, String name) {}

    record Clash(int grams, @Inline Bakery.Leaven leaven) {}

    private static String mealProblems(String json) {
        return String.join(
                "\n",
                SpecReader.problems(Meal.class, Json.read(json.replace('\'', '"'))).stream()
                        .map(Throwable::getMessage)
                        .toList());
    }

    @Test
    void keysOfAnInlineKindStandBesideTheRecordsOwn() {
        Meal meal = new Meal(3, new Bakery.Yeast(9), "x");
        Object tree = Json.read("{\"guests\":3,\"type\":\"yeast\",\"grams\":9,\"name\":\"x\"}");

        assertThat(SpecReader.read(Meal.class, tree)).isEqualTo(meal);
        assertThat(SpecWriter.tree(meal)).isEqualTo(tree);
        assertThat(mealProblems("{'type':'yeast','gram':9,'guests':'a'}"))
                .isEqualTo("guests: wanted a whole number, got the text \"a\"\n"
                        + "gram: unknown key; did you mean 'grams'? Known: guests, name, type, grams\n"
                        + "name: must be given: text");
        assertThat(mealProblems("{'type':'yeast','nmae':'x'}"))
                .isEqualTo("nmae: unknown key; did you mean 'name'? Known: guests, name, type, grams");
        assertThat(mealProblems("{'name':'x'}")).isEqualTo("type: must be given: one of sourdough, yeast");
        assertThat(mealProblems("{'name':'x','type':'yeest'}")).startsWith("type: wanted one of sourdough, yeast, got");
        assertThatThrownBy(() -> SpecReader.read(Clash.class, Map.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Clash.leaven cannot be @Inline");
    }

    record Unbindable(Thread thread) {}

    record TwiceTheKey(int ab, @Key("ab") int other) {}

    @Test
    void recordsThatCannotBeBoundAreDefectsOfTheProgram() {
        assertThatThrownBy(() -> SpecReader.read(Unbindable.class, Map.of("thread", 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("java.lang.Thread");
        assertThatThrownBy(() -> SpecReader.read(TwiceTheKey.class, Map.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'ab' twice");
    }

    @Test
    void oneTextOrNumberIsAListOfIt() {
        record Lists(List<Integer> sizes, @Default("[]") List<String> names) {}
        assertThat(SpecReader.read(Lists.class, Map.of("sizes", 3, "names", "a")))
                .isEqualTo(new Lists(List.of(3), List.of("a")));
        for (Object wrong : new Object[] {"3", 1.5, true, Map.of("a", 1)}) {
            assertThatThrownBy(() -> SpecReader.read(Lists.class, Map.of("sizes", wrong)))
                    .hasMessageStartingWith("sizes: wanted a list of a whole number, got ");
        }
    }
}
