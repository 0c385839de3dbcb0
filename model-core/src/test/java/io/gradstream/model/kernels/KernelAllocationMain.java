package io.gradstream.model.kernels;

import com.sun.management.ThreadMXBean;
import io.gradstream.model.kernels.Arguments.Values;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The program that {@code KernelAllocationTest} starts: runs every kernel on several sizes, in an order of chance, and prints those that
 * still allocate when all are compiled, which vectors do that became objects.
 */
final class KernelAllocationMain {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int[] SIZES = {40, 257, 1000};
    private static final int ROUNDS = 8;
    private static final long TURN = 5_000_000;
    private static final int CALLS = 200;
    /** Of a call: the reflection that makes it boxes its result. */
    private static final long BOXED_RESULT = 100;

    private KernelAllocationMain() {}

    private record Case(String name, Method method, Object[] arguments) {
        void run(int calls) {
            for (int i = 0; i < calls; i++) {
                KernelCase.invoke(method, arguments);
            }
        }

        void turn() {
            for (long end = System.nanoTime() + TURN; System.nanoTime() < end; ) {
                run(10);
            }
        }

        long allocated() {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            run(CALLS);
            return (THREADS.getCurrentThreadAllocatedBytes() - before) / CALLS;
        }
    }

    /** One argument: the seed of the order. */
    public static void main(String[] arguments) {
        Random random = new Random(Long.parseLong(arguments[0]));
        List<Case> cases = new ArrayList<>();
        for (KernelCase kernel : KernelCases.all()) {
            for (int size : SIZES) {
                Object[] call = kernel.arguments(size, Values.ORDINARY).copy();
                cases.add(new Case(kernel + " of " + size, kernel.method(), call));
            }
        }
        for (int round = 0; round < ROUNDS; round++) {
            Collections.shuffle(cases, random);
            cases.forEach(Case::turn);
        }
        for (Case each : cases) {
            each.turn();
            long allocated = each.allocated();
            if (allocated > BOXED_RESULT) {
                System.out.println(each.name + ": " + allocated + " bytes a call");
            }
        }
    }
}
