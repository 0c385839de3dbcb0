package io.gradstream.model.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.model.kernels.Arguments.Values;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kernel, as this JVM runs it, against its plain version: the same bits, and nothing written but what was asked for. */
class SameBitsTest {
    private static final int[] SIZES = {
        0, 1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 16, 17, 23, 24, 31, 32, 33, 47, 63, 64, 65, 127, 257, 1000
    };
    /** Some functions are passes over blocks of 2048. */
    private static final int[] SIZES_OF_BLOCKS = {2047, 2048, 2049, 4100};

    private static final long HOT_NANOS = 30_000_000;
    private static final int HOT_CALLS = 12_000;
    private static final int HOT_SIZE = 45;

    static List<KernelCase> kernels() {
        return KernelCases.all();
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void ordinaryNumbers(KernelCase kernel) {
        for (int n : SIZES) {
            check(kernel, n, Values.ORDINARY);
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void wildNumbers(KernelCase kernel) {
        for (int n : SIZES) {
            check(kernel, n, Values.WILD);
        }
    }

    static List<KernelCase> functions() {
        return KernelCases.all().stream()
                .filter(kernel -> kernel.facade() == ActivationKernels.class || kernel.facade() == LossKernels.class)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void severalBlocks(KernelCase kernel) {
        for (int n : SIZES_OF_BLOCKS) {
            check(kernel, n, Values.ORDINARY);
        }
    }

    private static void check(KernelCase kernel, int n, Values values) {
        Arguments arguments = kernel.arguments(n, values);
        Object[] actual = kernel.call(arguments.copy());
        Bits.assertSame(actual, kernel.callPlain(arguments.copy()));
        assertThat(arguments.keptMargins(Arrays.copyOf(actual, actual.length - 1)))
                .as("margins of %s, n = %s", kernel, n)
                .isTrue();
    }

    /** The interpreter, the first and the optimizing compiler each have their own idea of a vector operation. */
    @ParameterizedTest
    @MethodSource("kernels")
    void onceCompiled(KernelCase kernel) {
        Arguments arguments = kernel.arguments(HOT_SIZE, Values.ORDINARY);
        long end = System.nanoTime() + HOT_NANOS;
        Object[] scratch = arguments.copy();
        for (int i = 0; i < HOT_CALLS && System.nanoTime() < end; i++) {
            kernel.call(scratch);
        }
        for (Values values : Values.values()) {
            check(kernel, HOT_SIZE, values);
        }
    }

    @Test
    void noKernelIsLeftOut() {
        List<String> offered = Stream.of(
                        Kernels.class,
                        RowKernels.class,
                        ActivationKernels.class,
                        SequenceKernels.class,
                        PoolKernels.class,
                        LossKernels.class,
                        OptimizerKernels.class)
                .flatMap(facade -> Arrays.stream(facade.getDeclaredMethods())
                        .filter(method -> Modifier.isPublic(method.getModifiers()))
                        .filter(method -> method.getParameterCount() > 0)
                        .map(method -> facade.getSimpleName() + "." + method.getName()))
                .filter(name -> !name.startsWith("Kernels.multiply") || name.matches(".*(Elements|Add)"))
                .toList();
        assertThat(KernelCases.all().stream().map(KernelCase::toString).collect(Collectors.toSet()))
                .as("matrix products have their own test, ProductsTest")
                .containsExactlyInAnyOrderElementsOf(offered);
    }
}
