package io.gradstream.model;

import io.gradstream.model.layers.ShapeException;
import java.util.Map;

/**
 * Whether this JVM's heap can hold a learner: known before anything is allocated, as far as that can be. What else lies in the heap cannot,
 * so a learner for which there is no room in the end is refused with the same line.
 */
final class HeapCheck {
    private final Allocator allocator;
    private final Compiled compiled;
    private final boolean guarded;
    private final long heap = Runtime.getRuntime().maxMemory();
    private final long unused;
    private final long needed;

    private HeapCheck(Compiled compiled, boolean guarded) {
        this.compiled = compiled;
        this.guarded = guarded;
        this.allocator = Memory.dryPlan(compiled);
        Memory memory = Memory.of(compiled, allocator);
        this.unused = allocator.unused() + denseArrays() * Regions.HERE.unused(memory.gradients());
        this.needed = memory.fixed() + (guarded ? memory.guard() : 0) + unused;
    }

    /** Arrays as long as all dense parameters: these, their gradients and slots, and a guard's copies. */
    private long denseArrays() {
        int slots = compiled.spec().optimizer().slotNames().size();
        return guarded ? 3L + 2 * slots : 2L + slots;
    }

    /**
     * Refuses a spec whose learner, guarded or not, this JVM's heap cannot hold.
     *
     * @throws ShapeException naming the layer or input that needs most
     */
    static void check(Compiled compiled, boolean guarded) {
        HeapCheck check = new HeapCheck(compiled, guarded);
        if (check.needed > check.heap) {
            throw check.refusal("a model that needs at most " + check.heap + " bytes, all of the heap");
        }
    }

    /** What a learner is refused with that {@link #check} let pass, and for which there was no room. */
    static ShapeException full(Compiled compiled, boolean guarded, OutOfMemoryError cause) {
        HeapCheck check = new HeapCheck(compiled, guarded);
        ShapeException full =
                check.refusal("a model for which a heap of " + check.heap + " bytes has room beside all else in it");
        full.initCause(cause);
        return full;
    }

    private ShapeException refusal(String wanted) {
        String largest = "";
        long most = -1;
        for (Map.Entry<String, Long> buffers : allocator.bytesByPlace().entrySet()) {
            long dense = Float.BYTES * compiled.blueprint().parametersAt(buffers.getKey());
            long bytes = buffers.getValue() + denseArrays() * dense;
            if (bytes > most) {
                most = bytes;
                largest = buffers.getKey();
            }
        }
        String regions = unused == 0
                ? ""
                : ", and " + unused + " what large arrays leave unused of regions of " + Regions.HERE.bytes()
                        + " bytes (G1)";
        return new ShapeException(
                largest + ": wanted " + wanted + ", came " + needed + ", of which " + most + " are for this" + regions);
    }
}
