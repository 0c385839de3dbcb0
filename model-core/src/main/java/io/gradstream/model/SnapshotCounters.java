package io.gradstream.model;

import io.gradstream.model.snapshots.Safetensors;
import io.gradstream.model.snapshots.SnapshotException;
import java.util.Arrays;
import java.util.Map;

/** What a snapshot counts: for the learner that goes on in a tensor, and for anyone in its metadata, which must say the same. */
final class SnapshotCounters {
    /** Whoever counts a million a second gets there in 285 years, and all up to it are exact in double precision. */
    private static final long MOST = 1L << 53;

    private SnapshotCounters() {}

    /** Steps, examples and skipped steps. */
    static long[] of(Safetensors file) throws SnapshotException {
        long[] counters = file.tensor(SnapshotFormat.COUNTERS).longs();
        SnapshotReader.expectSize(SnapshotFormat.COUNTERS, counters.length, 3);
        if (Arrays.stream(counters).anyMatch(count -> count < 0)) {
            throw new SnapshotException(
                    SnapshotFormat.COUNTERS + ": wanted 0 or more each, came " + Arrays.toString(counters));
        }
        if (Arrays.stream(counters).anyMatch(count -> count > MOST)) {
            throw new SnapshotException(
                    SnapshotFormat.COUNTERS + ": wanted at most 2^53 each, came " + Arrays.toString(counters));
        }
        return counters;
    }

    /** Refuses metadata that say something else, or, in a file of weights alone, what no learner counts. */
    static void check(Safetensors file) throws SnapshotException {
        Map<String, String> metadata = file.metadata();
        if (file.has(SnapshotFormat.COUNTERS)) {
            long[] counters = of(file);
            same(metadata, SnapshotFormat.STEPS, counters[0]);
            same(metadata, SnapshotFormat.EXAMPLES, counters[1]);
        } else {
            possible(metadata, SnapshotFormat.STEPS);
            possible(metadata, SnapshotFormat.EXAMPLES);
        }
    }

    private static void same(Map<String, String> metadata, String key, long wanted) throws SnapshotException {
        long came = SnapshotReader.number(metadata, key);
        if (came != wanted) {
            throw new SnapshotException("the snapshot was altered: " + key + " wanted " + wanted + ", as in "
                    + SnapshotFormat.COUNTERS + ", came " + came);
        }
    }

    private static void possible(Map<String, String> metadata, String key) throws SnapshotException {
        long came = SnapshotReader.number(metadata, key);
        if (came < 0 || came > MOST) {
            throw new SnapshotException(key + ": wanted 0 to 2^53, came " + came);
        }
    }
}
