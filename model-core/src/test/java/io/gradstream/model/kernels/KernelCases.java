package io.gradstream.model.kernels;

import io.gradstream.model.kernels.KernelCase.Maker;
import java.util.List;
import java.util.stream.Stream;

/** Every kernel there is, with arguments for it. */
final class KernelCases {
    private static final Maker UNARY = (a, n) -> a.array(n).array(n).size(n);
    private static final Maker BACKWARD = (a, n) -> a.array(n).array(n).array(n).size(n);
    private static final Maker ROWS =
            (a, n) -> a.size(rows(n)).size(n).array(rows(n) * n).array(rows(n) * n);
    private static final Maker ROWS_BACKWARD = (a, n) ->
            a.size(rows(n)).size(n).array(rows(n) * n).array(rows(n) * n).array(rows(n) * n);
    private static final Maker ROW_AND_MATRIX =
            (a, n) -> a.size(5).size(n).array(n).matrix(5, n);
    private static final Maker MATRIX_AND_ROW =
            (a, n) -> a.size(5).size(n).matrix(5, n).array(n);

    private KernelCases() {}

    private static int rows(int n) {
        return n > 100 ? 3 : 7;
    }

    static List<KernelCase> all() {
        return Stream.of(
                        arithmetic(), rows(), activations(), SequenceKernelCases.all(), pools(), losses(), optimizers())
                .flatMap(stream -> stream)
                .toList();
    }

    static KernelCase of(Class<?> facade, String name, Maker maker) {
        return new KernelCase(facade, name, maker);
    }

    private static Stream<KernelCase> arithmetic() {
        Class<?> k = Kernels.class;
        return Stream.of(
                of(k, "fill", (a, n) -> a.value(0.3f).array(n).size(n)),
                of(k, "copy", UNARY),
                of(k, "add", UNARY),
                of(k, "axpy", (a, n) -> a.value(0.7f).array(n).array(n).size(n)),
                of(k, "scale", (a, n) -> a.value(-1.3f).array(n).size(n)),
                of(k, "multiplyElements", UNARY),
                of(k, "multiplyAdd", BACKWARD),
                of(k, "clamp", (a, n) -> a.value(-0.5f).value(0.7f).array(n).size(n)),
                of(k, "allFinite", (a, n) -> a.array(n).size(n)),
                of(k, "dot", UNARY),
                of(k, "sum", (a, n) -> a.array(n).size(n)),
                of(k, "sumOfSquares", (a, n) -> a.array(n).size(n)));
    }

    private static Stream<KernelCase> rows() {
        Class<?> k = RowKernels.class;
        return Stream.of(
                of(k, "copyRow", ROW_AND_MATRIX),
                of(k, "copyRows", (a, n) -> a.size(5).size(n).matrix(5, n).matrix(5, n)),
                of(k, "transpose", (a, n) -> a.size(5).size(n).matrix(5, n).matrix(n, 5)),
                of(k, "addRow", ROW_AND_MATRIX),
                of(k, "columnSums", MATRIX_AND_ROW),
                of(
                        k,
                        "standardizeRows",
                        (a, n) -> a.size(5)
                                .size(n)
                                .matrix(5, n)
                                .array(n)
                                .array(n)
                                .positive(n)
                                .value(1.5f)
                                .matrix(5, n)));
    }

    private static Stream<KernelCase> activations() {
        Class<?> k = ActivationKernels.class;
        Maker slope = (a, n) -> a.value(0.01f).array(n).array(n).size(n);
        Maker slopeBackward =
                (a, n) -> a.value(0.01f).array(n).array(n).array(n).size(n);
        Stream<KernelCase> forward = Stream.of(
                        "exp", "log", "tanh", "sigmoid", "softplus", "relu", "silu", "gelu", "geluTanh")
                .map(name -> of(k, name, UNARY));
        Stream<KernelCase> backward = Stream.of(
                        "tanhBackward",
                        "sigmoidBackward",
                        "reluBackward",
                        "siluBackward",
                        "geluBackward",
                        "geluTanhBackward")
                .map(name -> of(k, name, BACKWARD));
        Stream<KernelCase> rest = Stream.of(
                of(k, "leakyRelu", slope),
                of(k, "leakyReluBackward", slopeBackward),
                of(k, "softmaxRows", ROWS),
                of(k, "logSoftmaxRows", ROWS),
                of(k, "softmaxRowsBackward", ROWS_BACKWARD),
                of(k, "logSoftmaxRowsBackward", ROWS_BACKWARD));
        return Stream.of(forward, backward, rest).flatMap(stream -> stream);
    }

    /** Five windows of 2 lines and 3 pixels: one beside the other, or two pixels further on, where they overlap; and such of 2 x 2. */
    private static Stream<KernelCase> pools() {
        Class<?> k = PoolKernels.class;
        return Stream.of(
                of(k, "largest", (a, n) -> windows(a, n, 3).array(30 * n).array(5 * n)),
                of(k, "largest", (a, n) -> windows(a, n, 2).array(30 * n).array(5 * n)),
                of(k, "largest", (a, n) -> four(a, n).array(30 * n).array(5 * n)),
                of(k, "largestBackward", (a, n) -> poolBackward(four(a, n), n).flag(false)),
                of(k, "largestBackward", (a, n) -> poolBackward(four(a, n), n).flag(true)),
                of(
                        k,
                        "largestBackward",
                        (a, n) -> poolBackward(windows(a, n, 3), n).flag(false)),
                of(
                        k,
                        "largestBackward",
                        (a, n) -> poolBackward(windows(a, n, 3), n).flag(true)),
                of(
                        k,
                        "largestBackward",
                        (a, n) -> poolBackward(windows(a, n, 2), n).flag(true)));
    }

    private static Arguments windows(Arguments a, int channels, int stride) {
        return a.size(5).size(channels).size(2).size(3).size(15 * channels).size(stride * channels);
    }

    private static Arguments four(Arguments a, int channels) {
        return a.size(5).size(channels).size(2).size(2).size(15 * channels).size(2 * channels);
    }

    /** Of few different numbers, so that some of a window are equal to its largest. */
    private static Arguments poolBackward(Arguments a, int n) {
        return a.labels(30 * n, 3).labels(5 * n, 3).array(5 * n).array(30 * n);
    }

    private static Stream<KernelCase> losses() {
        Class<?> k = LossKernels.class;
        Maker elementwise =
                (a, n) -> a.size(n).array(n).array(n).positive(n).array(n).array(n);
        Maker classes = (a, n) -> a.size(n)
                .size(1 + n % 9)
                .array(n * (1 + n % 9))
                .labels(n, 1 + n % 9)
                .positive(n)
                .array(n)
                .array(n * (1 + n % 9));
        return Stream.of(
                of(k, "squaredError", elementwise),
                of(k, "binaryCrossEntropy", elementwise),
                of(k, "crossEntropy", classes));
    }

    private static Stream<KernelCase> optimizers() {
        Class<?> k = OptimizerKernels.class;
        return Stream.of(
                of(
                        k,
                        "sgd",
                        (a, n) -> a.value(0.1f).value(0.01f).array(n).array(n).size(n)),
                of(
                        k,
                        "momentum",
                        (a, n) -> a.value(0.1f)
                                .value(0.9f)
                                .value(0.01f)
                                .array(n)
                                .array(n)
                                .array(n)
                                .size(n)),
                of(
                        k,
                        "nesterov",
                        (a, n) -> a.value(0.1f)
                                .value(0.9f)
                                .value(0.01f)
                                .array(n)
                                .array(n)
                                .array(n)
                                .size(n)),
                of(
                        k,
                        "adagrad",
                        (a, n) -> a.value(0.1f)
                                .value(1e-10f)
                                .value(0.01f)
                                .array(n)
                                .array(n)
                                .positive(n)
                                .size(n)),
                of(
                        k,
                        "rmsProp",
                        (a, n) -> a.value(0.01f)
                                .value(0.99f)
                                .value(0.01f)
                                .value(1e-8f)
                                .value(0f)
                                .array(n)
                                .array(n)
                                .positive(n)
                                .size(n)),
                of(
                        k,
                        "adam",
                        (a, n) -> a.value(0.1f)
                                .value(0.9f)
                                .value(0.1f)
                                .value(0.999f)
                                .value(0.001f)
                                .value(31.6f)
                                .value(1e-8f)
                                .value(0.01f)
                                .value(0.999f)
                                .array(n)
                                .array(n)
                                .array(n)
                                .positive(n)
                                .size(n)),
                of(
                        k,
                        "ftrl",
                        (a, n) -> a.value(0.1f)
                                .value(1f)
                                .value(0.5f)
                                .value(0.1f)
                                .array(n)
                                .array(n)
                                .array(n)
                                .positive(n)
                                .size(n)),
                of(k, "softThreshold", (a, n) -> a.value(0.3f).array(n).size(n)));
    }
}
