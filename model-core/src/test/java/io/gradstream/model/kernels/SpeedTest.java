package io.gradstream.model.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;

/**
 * Vectors must be worth it: ratios to plain Java in a JVM that does nothing else, with bounds far below what they are. They catch
 * vectors that are boxed, which is a hundred times slower in every start; a JIT that compiles one start badly, as JDK 17's at
 * times does, is forgiven in the next.
 */
class SpeedTest {
    /** What is measured is 10 to 20 for products, 4 to 6 for functions. */
    private static final Map<String, Double> BOUNDS = Map.of("product", 0.7, "gradient", 0.7, "exp", 1.2, "tanh", 1.5);

    @Test
    void vectorsAreFasterThanPlainJava() throws IOException, InterruptedException {
        assumeTrue(
                Kernels.vectorized() && Lanes.BITS == FloatVector.SPECIES_PREFERRED.vectorBitSize(),
                "only the machine's own vectors are fast");
        Map<String, Double> best = new HashMap<>();
        for (int start = 0; start < FreshJvm.STARTS && !fast(best); start++) {
            for (String line : FreshJvm.lines(SpeedMain.class)) {
                System.out.println(Kernels.description() + ", times plain Java: " + line);
                String[] words = line.split(" ", 2);
                best.merge(words[0], Double.valueOf(words[1]), Math::max);
            }
        }
        assertThat(best).containsOnlyKeys(BOUNDS.keySet());
        BOUNDS.forEach(
                (kernel, bound) -> assertThat(best.get(kernel)).as(kernel).isGreaterThan(bound));
    }

    private static boolean fast(Map<String, Double> best) {
        return BOUNDS.entrySet().stream().allMatch(bound -> best.getOrDefault(bound.getKey(), 0d) > bound.getValue());
    }
}
