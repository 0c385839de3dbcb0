package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.model.InputSpec.CategoriesInput;
import io.gradstream.model.layers.Embedding;
import io.gradstream.model.layers.Linear;
import io.gradstream.model.layers.Sum;
import io.gradstream.model.optimizers.OptimizerSpec;
import io.gradstream.model.parameters.Filling;
import io.gradstream.model.parameters.SparseTable;
import io.gradstream.model.parameters.Table;
import io.gradstream.model.snapshots.SafetensorsSize;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a model is said to need, beside what it really takes. */
class MemoryTest {
    /** Around the sizes of pages and chunks, and rows longer than a chunk; without slots, with one and with two. */
    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "2, 5",
        "63, 16",
        "64, 3",
        "4095, 16",
        "4096, 17",
        "4097, 16",
        "9000, 7",
        "100000, 1",
        "3, 70000",
        "16384, 8",
        "16385, 8"
    })
    void tablesTakeNoMoreThanIsSaidWhenEveryRowIsTouched(int rows, int width) throws Exception {
        Table table = new Table("table", 0, rows, width, Filling.uniform(1));
        for (int slots = 0; slots < 3; slots++) {
            SparseTable touched = new SparseTable(table, 1, slots);
            for (int i = 0; i < rows; i++) {
                touched.touch((int) (i * 7919L % rows));
            }
            assertThat(touched.touched()).isEqualTo(rows);
            long said = SparseTable.mostBytes(table, slots);
            assertThat(Reachable.from(touched).bytes()).isBetween(said * 9 / 10 - 1000L * (1 + slots), said);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "4097, 16", "3, 70000"})
    void aLearnerTakesNoMoreThanIsSaidWhenEveryRowIsTouchedAtOnce(int rows, int width) throws Exception {
        for (OptimizerSpec optimizer :
                List.of(OptimizerSpec.sgd(0.1f), OptimizerSpec.adagrad(0.1f), OptimizerSpec.adam(0.1f))) {
            Learner learner = learnedEveryRow(spec(rows, width, optimizer));
            assertThat(learner.state().weights().table(0).touched()).isEqualTo(rows);
            took(learner);
        }
    }

    static Stream<NamedSpec> specs() {
        return ContractSpecs.all();
    }

    @ParameterizedTest
    @MethodSource("specs")
    void aLearnerTakesNoMoreThanIsSaid(NamedSpec named) throws Exception {
        Learner learner = Learner.create(named.spec());
        Example example = new Example(named.spec(), 1);
        for (int i = 0; i < 2 * named.spec().batchSize(); i++) {
            example.next().learnBy(learner);
        }
        took(learner);
    }

    private static void took(Learner learner) throws Exception {
        Memory memory = Memory.of(learner.spec());
        assertThat(Reachable.from(learner).numbers()).isLessThanOrEqualTo(memory.fixed() + memory.sparseAtMost());
    }

    @ParameterizedTest
    @MethodSource("specs")
    void aSnapshotHasNoMoreBytesThanIsSaid(NamedSpec named) {
        ModelSpec spec = named.spec();
        Memory memory = Memory.of(spec);
        assertThat(memory.snapshot()).isLessThanOrEqualTo(memory.snapshotAtMost());
        Learner learner = Learner.create(spec);
        Example example = new Example(spec, 1);
        for (int i = 0; i < spec.batchSize() - 1; i++) {
            example.next().learnBy(learner);
        }
        long tensors = learner.state().compiled().layout().names().size()
                        * (2L + spec.optimizer().slotNames().size())
                + 6;
        // What is not known before is 19 digits for each offset and count, and they may be 1.
        long digits = 2 * 18 * tensors + 100;
        assertThat((long) learner.snapshot(Map.of()).length).isBetween(memory.snapshot() - digits, memory.snapshot());
        example.next().learnBy(learner);
        assertThat((long) learner.snapshot(Map.of()).length).isLessThanOrEqualTo(memory.snapshotAtMost());
    }

    @Test
    void aSnapshotOfEveryRowHasNoMoreBytesThanIsSaid() {
        ModelSpec spec = spec(5000, 16, OptimizerSpec.adam(0.1f));
        long said = Memory.of(spec).snapshotAtMost();
        assertThat((long) learnedEveryRow(spec).snapshot(Map.of()).length)
                // The rows of the mini-batch, which none was pending of.
                .isBetween(said - 5000 * 16 - 1000, said);
    }

    @Test
    void aSnapshotThatNoArrayCanHoldIsKnownBefore() {
        Memory dense = Memory.of(spec(1, 1, OptimizerSpec.adam(0.1f)).withBatchSize(1));
        assertThat(dense.snapshot()).isLessThan(SafetensorsSize.LARGEST);
        Memory sparse = Memory.of(spec(1 << 25, 6, OptimizerSpec.adam(0.1f)).withBatchSize(1));
        assertThat(sparse.snapshot()).isLessThan(10_000);
        long data = (1L << 25) * (4 + 3 * 4 * 6);
        assertThat(sparse.snapshotAtMost()).isBetween(data, data + 10_000).isGreaterThan(SafetensorsSize.LARGEST);
        List<NodeSpec> wide = List.of(
                NodeSpec.of("vectors", new Embedding(128, Embedding.Combine.SUM, false, 0, List.of())),
                NodeSpec.of("out", new Linear(1)));
        Memory large = Memory.of(ModelSpec.of(inputs(1 << 21), wide, Task.BINARY, OptimizerSpec.adagrad(0.1f)));
        assertThat(large.snapshot()).isEqualTo(large.snapshotAtMost()).isBetween(1L << 31, (1L << 31) + 20_000);
    }

    private static List<InputSpec> inputs(int rows) {
        return List.of(new CategoriesInput("c", List.of(new CategoryField("a", rows))));
    }

    /** A table that one mini-batch can touch every row of, beside one of one row. */
    private static ModelSpec spec(int rows, int width, OptimizerSpec optimizer) {
        List<InputSpec> inputs =
                List.of(new CategoriesInput("c", List.of(new CategoryField("a", rows), new CategoryField("b", 1))));
        List<NodeSpec> layers = List.of(
                NodeSpec.of("wide", new Embedding(width, Embedding.Combine.SUM, true, 0.1f, List.of("a")), "c"),
                NodeSpec.of("other", new Embedding(width, Embedding.Combine.SUM, true, 0.1f, List.of("b")), "c"),
                NodeSpec.of("sum", new Sum(), "wide", "other"),
                NodeSpec.of("out", new Linear(1)));
        return ModelSpec.of(inputs, layers, Task.BINARY, optimizer).withBatchSize(rows);
    }

    private static Learner learnedEveryRow(ModelSpec spec) {
        Learner learner = Learner.create(spec);
        Random random = new Random(1);
        for (int i = 0; i < spec.batchSize(); i++) {
            learner.learn(null, 0, new int[] {i, 0}, 0, random.nextInt(2), 1);
        }
        assertThat(learner.steps()).isEqualTo(1);
        return learner;
    }
}
