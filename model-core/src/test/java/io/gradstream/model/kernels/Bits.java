package io.gradstream.model.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/** Compares answers to the bit; every NaN counts as the same. */
final class Bits {
    private Bits() {}

    static void assertSame(Object[] actual, Object[] expected) {
        for (int i = 0; i < expected.length; i++) {
            if (expected[i] instanceof float[] x) {
                assertSame("argument " + i, (float[]) actual[i], x);
            } else {
                assertThat(actual[i]).isEqualTo(expected[i]);
            }
        }
    }

    static void assertSame(String what, float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            if (Float.floatToIntBits(actual[i]) != Float.floatToIntBits(expected[i])) {
                fail(
                        "%s[%d] is %s (%a), plain Java gives %s (%a)",
                        what, i, actual[i], actual[i], expected[i], expected[i]);
            }
        }
    }
}
