package io.gradstream.model.guard;

import java.nio.ByteBuffer;

/**
 * When a learning rate that was lowered is raised again, a little: after some good windows in a row, and after twice as many each time that a
 * rollback comes soon after a raise, as TCP probes for bandwidth. A long time at the rate as it is written makes it few again.
 */
final class Probing {
    /** Good windows before a raise. */
    private static final long FEWEST = 4;

    private static final long MOST = 4096;
    /** Good windows at the rate as it is written after which it counts as proven. */
    private static final long LONG = 64;

    static final long BYTES = 2L * Long.BYTES + 1;

    private long wanted = FEWEST;
    private long good;
    private boolean raised;

    /** A window has gone well. Whether the learning rate is to be raised, which is multiplied with this factor. */
    boolean raises(double factor) {
        good++;
        if (good >= (factor < 1 ? wanted : LONG)) {
            good = 0;
            raised = factor < 1;
            wanted = factor < 1 ? wanted : FEWEST;
            return raised;
        }
        return false;
    }

    /** The last good version was gone back to. */
    void wentBack() {
        if (raised) {
            wanted = Math.min(MOST, 2 * wanted);
        }
        raised = false;
        good = 0;
    }

    void write(ByteBuffer out) {
        out.putLong(wanted).putLong(good).put((byte) (raised ? 1 : 0));
    }

    void read(ByteBuffer in) {
        wanted = in.getLong();
        good = in.getLong();
        raised = in.get() != 0;
    }
}
