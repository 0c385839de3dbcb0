package io.gradstream.model.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which kernels run where; the build starts this test in JVMs with and without the vector module, at several widths. */
class ImplementationTest {
    private static final String EXPECTED = System.getProperty("gradstream.test.expected-kernels", "vector");

    @Test
    void theBuildRunsTheKernelsItMeansToTest() {
        assertThat(Kernels.description())
                .as("the tests need a JVM started with --add-modules=jdk.incubator.vector")
                .startsWith(EXPECTED);
        assertThat(Kernels.vectorized()).isEqualTo(EXPECTED.startsWith("vector"));
    }

    @Test
    void plainKernelsSayWhatIsMissing() {
        if (!Kernels.vectorized() && System.getProperty("gradstream.kernels") == null) {
            assertThat(Kernels.description())
                    .isEqualTo("plain Java (this JVM lacks the flag --add-modules=jdk.incubator.vector)");
        }
    }
}
