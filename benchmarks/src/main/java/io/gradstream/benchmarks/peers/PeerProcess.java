package io.gradstream.benchmarks.peers;

import java.util.List;

/** One JVM of a comparison: runs the duels of some cases and prints a {@link Score} each. */
final class PeerProcess {
    private PeerProcess() {}

    /** Arguments: the seed, how many turns, the warm-up of each side in milliseconds, and the cases. */
    public static void main(String[] arguments) {
        long seed = Long.parseLong(arguments[0]);
        int turns = Integer.parseInt(arguments[1]);
        long warmUp = Long.parseLong(arguments[2]) * 1_000_000;
        for (String name : List.of(arguments).subList(3, arguments.length)) {
            for (Duel duel : PeerCase.of(name).duels(seed)) {
                System.out.println(duel.run(turns, warmUp).line());
            }
        }
        // Native libraries have threads of their own.
        System.exit(0);
    }
}
