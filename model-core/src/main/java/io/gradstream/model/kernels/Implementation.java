package io.gradstream.model.kernels;

import java.util.Locale;

/**
 * Which kernels this JVM uses: decided once, when the first kernel is called.
 *
 * <p>Nothing here may mention a vector type, and {@link Lanes} is named only where the module is known to be there: a
 * JVM without it runs this class too.
 */
final class Implementation {
    /** Whether the vector versions do the work. */
    static final boolean VECTOR;

    /** For logs and metrics. */
    static final String DESCRIPTION;

    private static final String MODULE = "jdk.incubator.vector";

    static {
        String wanted = System.getProperty("gradstream.kernels", "auto").toLowerCase(Locale.ROOT);
        String obstacle = wanted.equals("plain") ? "by gradstream.kernels=plain" : obstacle();
        switch (wanted) {
            case "auto", "plain" -> VECTOR = obstacle.isEmpty();
            case "vector" -> {
                if (!obstacle.isEmpty()) {
                    throw new IllegalStateException("gradstream.kernels=vector: " + obstacle);
                }
                VECTOR = true;
            }
            default ->
                throw new IllegalArgumentException(
                        "gradstream.kernels must be auto, vector or plain, was \"" + wanted + "\"");
        }
        DESCRIPTION = VECTOR ? "vector, " + Lanes.BITS + " bits" : "plain Java (" + obstacle + ")";
    }

    private Implementation() {}

    /** Why the vector versions cannot be used, or would be slower than plain Java; empty if nothing is in the way. */
    private static String obstacle() {
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            return "this JVM lacks the flag --add-modules=" + MODULE;
        }
        // Without the optimizing compiler every vector is an object, and each operation on it a loop.
        String compiler = System.getProperty("java.vm.info", "");
        if (compiler.contains("interpreted mode") || compiler.contains("emulated-client")) {
            return "this JVM runs without its optimizing compiler: " + compiler;
        }
        return Lanes.BITS < Lanes.FEWEST_BITS ? "this machine has no vectors of 128 bits" : "";
    }
}
