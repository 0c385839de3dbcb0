package io.gradstream.model.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;

/**
 * No kernel makes objects of its vectors, whatever kernels and sizes the JVM ran before. A JIT that compiles one of them badly in one start is
 * forgiven in the next; what depends on the code fails in all.
 */
class KernelAllocationTest {
    @Test
    void noKernelAllocatesWhateverRanBefore() throws IOException, InterruptedException {
        assumeTrue(
                Kernels.vectorized() && Lanes.BITS == FloatVector.SPECIES_PREFERRED.vectorBitSize(),
                "only the machine's own vectors are compiled");
        List<String> allocating = FreshJvm.lines(KernelAllocationMain.class, "1");
        for (int start = 2; start <= FreshJvm.STARTS && !allocating.isEmpty(); start++) {
            System.out.println("start " + (start - 1) + ": " + allocating);
            allocating = FreshJvm.lines(KernelAllocationMain.class, Integer.toString(start));
        }
        assertThat(allocating).isEmpty();
    }
}
