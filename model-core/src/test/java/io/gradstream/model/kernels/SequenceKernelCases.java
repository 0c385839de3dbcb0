package io.gradstream.model.kernels;

import static io.gradstream.model.kernels.KernelCases.of;

import java.util.stream.Stream;

/** The kernels of layers over sequences, with arguments for them. */
final class SequenceKernelCases {
    private SequenceKernelCases() {}

    static Stream<KernelCase> all() {
        Class<?> k = SequenceKernels.class;
        return Stream.of(
                of(
                        k,
                        "lstm",
                        (a, n) -> a.size(3)
                                .size(n)
                                .array(12 * n)
                                .array(3 * n)
                                .array(3 * n)
                                .array(3 * n)
                                .array(3 * n)),
                of(
                        k,
                        "lstmBackward",
                        (a, n) -> a.size(3)
                                .size(n)
                                .array(12 * n)
                                .array(3 * n)
                                .array(3 * n)
                                .matrix(3, n)
                                .array(3 * n)),
                of(
                        k,
                        "gru",
                        (a, n) -> a.size(3)
                                .size(n)
                                .array(9 * n)
                                .array(9 * n)
                                .array(3 * n)
                                .array(3 * n)),
                of(
                        k,
                        "gruBackward",
                        (a, n) -> a.size(3)
                                .size(n)
                                .array(9 * n)
                                .array(9 * n)
                                .array(3 * n)
                                .matrix(3, n)
                                .matrix(3, n)),
                of(
                        k,
                        "layerNorm",
                        (a, n) -> a.size(3)
                                .size(n)
                                .value(1e-5f)
                                .array(3 * n)
                                .array(n)
                                .array(n)
                                .array(3 * n)
                                .array(3)
                                .array(3 * n)),
                of(
                        k,
                        "layerNormBackward",
                        (a, n) -> a.size(3)
                                .size(n)
                                .array(3 * n)
                                .positive(3)
                                .array(n)
                                .array(3 * n)
                                .array(n)
                                .array(n)
                                .array(3 * n)));
    }
}
