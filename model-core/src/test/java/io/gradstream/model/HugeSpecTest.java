package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.model.InputSpec.NumbersInput;
import io.gradstream.model.layers.Attention;
import io.gradstream.model.layers.Embedding;
import io.gradstream.model.layers.Linear;
import io.gradstream.model.layers.Lstm;
import io.gradstream.model.layers.Pool;
import io.gradstream.model.layers.ShapeException;
import io.gradstream.model.optimizers.OptimizerSpec;
import io.gradstream.model.spec.SpecException;
import io.gradstream.model.spec.SpecReader;
import io.gradstream.model.spec.SpecWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sizes that no array or heap can hold are refused in one line that says where, before anything is allocated. */
class HugeSpecTest {
    private static final long[] HUGE = {Integer.MAX_VALUE, 1 << 30, 1 << 24, 65_537};
    private static final Pattern PLACE = Pattern.compile(
            "(layers\\[\\d+]|inputs\\[\\d+]|batch-size|schedule|loss|optimizer|clipping|regularisation).*: .*|(loss|batch-size) must .*");
    /** Larger models are not made here: that takes time, and is their users' choice. */
    private static final long SMALL = 1L << 24;

    /** Every number of every setting of every kind of input, layer, loss, optimizer and schedule, one at a time. */
    @ParameterizedTest
    @MethodSource("io.gradstream.model.ContractSpecs#all")
    void everyNumberMayBeHuge(NamedSpec named) {
        Object tree = SpecWriter.tree(named.spec());
        for (long huge : HUGE) {
            for (int i = 0; i < count(tree); i++) {
                Object with = replaced(tree, i, huge, new int[1]);
                try {
                    tryOut(with);
                } catch (IllegalArgumentException | SpecException e) {
                    assertThat(e.getMessage()).as("%s", with).matches(PLACE);
                } catch (RuntimeException | OutOfMemoryError e) {
                    throw new AssertionError("number " + i + " as " + huge + ": " + with, e);
                }
            }
        }
    }

    private static void tryOut(Object tree) {
        ModelSpec spec = SpecReader.read(ModelSpec.class, tree);
        Memory memory = Memory.of(spec);
        assertThat(memory.fixed()).isPositive();
        if (memory.fixed() < SMALL || memory.fixed() > Runtime.getRuntime().maxMemory()) {
            Learner learner = Learner.create(spec);
            new Example(spec, 1).next().learnBy(learner);
        }
    }

    @Test
    void aSequenceOfTooManyTokensIsRefusedByName() {
        assertThatThrownBy(() -> new TokensInput("words", 5, Integer.MAX_VALUE))
                .hasMessage("input 'words': wanted at most 2^31 - 9 ids, the number of steps among them, in a row,"
                        + " came 2147483648");
        assertThatThrownBy(() -> new SequenceInput("steps", 1 << 20, 1 << 20))
                .hasMessage("input 'steps': wanted at most 2^31 - 9 numbers in a row, came 1099511627776");
        TokensInput longest = new TokensInput("words", 5, Integer.MAX_VALUE - 9);
        List<NodeSpec> layers = List.of(
                NodeSpec.of("vectors", new Embedding(1)),
                NodeSpec.of("mean", new Pool()),
                NodeSpec.of("out", new Linear(1)));
        assertThatThrownBy(() -> Learner.create(spec(List.of(longest), layers)))
                .isInstanceOf(ShapeException.class)
                .hasMessage("inputs[0] 'words': wanted at most 2^31 - 9 numbers in a buffer for 64 rows,"
                        + " came 137438952832; a smaller batch-size or layer needs less");
    }

    @Test
    void buffersOfAttentionAreRefusedByName() {
        List<InputSpec> inputs = List.of(new SequenceInput("steps", 100_000, 8));
        List<NodeSpec> layers = List.of(
                NodeSpec.of("looked", new Attention(8)),
                NodeSpec.of("state", new Lstm(2)),
                NodeSpec.of("out", new Linear(1)));
        assertThatThrownBy(() -> Memory.of(spec(inputs, layers)))
                .isInstanceOf(ShapeException.class)
                .hasMessage("layers[0] 'looked' (attention): wanted at most 2^31 - 9 numbers in a buffer for 64 rows,"
                        + " came 80000000000 for each; a smaller batch-size or layer needs less");
    }

    @Test
    void whatAllInputsHaveOfARowIsAdded() {
        List<InputSpec> inputs =
                List.of(new NumbersInput("a", 2_000_000_000, false), new NumbersInput("b", 1_000_000_000, false));
        List<NodeSpec> layers = List.of(NodeSpec.of("out", new Linear(1), "b"));
        assertThatThrownBy(() -> Memory.of(spec(inputs, layers)))
                .isInstanceOf(ShapeException.class)
                .hasMessage("inputs[1] 'b': wanted at most 2^31 - 9 numbers, and as many ids, in a row of all inputs,"
                        + " came 3000000000 and 0");
    }

    @Test
    void aModelLargerThanTheHeapIsRefusedByItsLargestLayer() {
        List<InputSpec> inputs = List.of(new NumbersInput("x", 30_000, false));
        List<NodeSpec> layers = List.of(NodeSpec.of("wide", new Linear(70_000)), NodeSpec.of("out", new Linear(1)));
        assertThatThrownBy(() -> Learner.create(spec(inputs, layers)))
                .isInstanceOf(ShapeException.class)
                .hasMessageMatching(
                        "layers\\[0] 'wide' \\(linear\\): wanted a model that needs at most \\d+ bytes, all of"
                                + " the heap, came 336\\d+, of which 336\\d+ are for this"
                                + (Regions.HERE.bytes() == 0
                                        ? ""
                                        : ", and \\d+ what large arrays leave unused of regions of "
                                                + Regions.HERE.bytes() + " bytes \\(G1\\)"));
    }

    private static ModelSpec spec(List<InputSpec> inputs, List<NodeSpec> layers) {
        return ModelSpec.of(inputs, layers, Task.BINARY, OptimizerSpec.adam(0.01f));
    }

    private static int count(Object tree) {
        int[] seen = new int[1];
        replaced(tree, Integer.MAX_VALUE, 0, seen);
        return seen[0];
    }

    /** A copy, number {@code at} replaced; numbers are counted in {@code seen}. */
    private static Object replaced(Object tree, int at, long by, int[] seen) {
        if (tree instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((key, value) -> copy.put(key, replaced(value, at, by, seen)));
            return copy;
        }
        if (tree instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(value -> copy.add(replaced(value, at, by, seen)));
            return copy;
        }
        return tree instanceof Number && seen[0]++ == at ? Long.valueOf(by) : tree;
    }
}
