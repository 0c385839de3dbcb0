package io.gradstream.model.guard;

import io.gradstream.model.optimizers.Optimizer;
import java.nio.ByteBuffer;

/**
 * When a learning rate that was lowered is raised again, a little: after some good windows, and after twice as many each time that a
 * rollback follows a raise, as TCP probes for bandwidth. A long time at the rate as it is written makes it few again.
 */
final class Probing {
    /** Good windows before a raise. */
    private static final long FEWEST = 4;

    private static final long MOST = 4096;
    /** Good windows at the rate as it is written after which it counts as proven. */
    private static final long LONG = 64;

    private static final double LEAST_FACTOR = 1e-6;
    private static final double NEARLY_ONE = 0.99;

    static final long BYTES = 2L * Long.BYTES + 1;

    private final Optimizer optimizer;
    private final double backOff;
    private long wanted = FEWEST;
    private long good;
    private boolean raised;

    Probing(Optimizer optimizer, double backOff) {
        this.optimizer = optimizer;
        this.backOff = backOff;
    }

    /** A window has gone well: the learning rate is raised if it is time. */
    void wentWell() {
        boolean lowered = optimizer.factor() < 1;
        good++;
        if (good < (lowered ? wanted : LONG)) {
            return;
        }
        good = 0;
        raised = lowered;
        if (lowered) {
            raise();
        } else {
            wanted = FEWEST;
        }
    }

    private void raise() {
        optimizer.multiply(Math.min(1 / Math.sqrt(backOff), 1 / optimizer.factor()));
        if (optimizer.factor() > NEARLY_ONE) {
            optimizer.factor(1);
        }
    }

    /** The last good version was gone back to: the learning rate is lowered. */
    void wentBack() {
        if (raised) {
            wanted = Math.min(MOST, 2 * wanted);
        }
        optimizer.multiply(Math.max(backOff, Math.min(1, LEAST_FACTOR / optimizer.factor())));
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
