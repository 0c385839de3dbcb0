package io.gradstream.quickstart;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a run of the quickstart was asked for.
 *
 * @param pipeline the pipeline file
 * @param data the flights
 * @param output folder for the last snapshot and the log
 * @param duration how long the half year shall take; null for as fast as it goes
 * @param flights most flights to send
 */
record RunOptions(Path pipeline, Path data, Path output, Duration duration, int flights) {
    private static final Duration TO_BE_WATCHED = Duration.ofSeconds(1);
    private static final Duration FOR_SPEED = Duration.ofSeconds(3);

    /** How often the job commits what it has written, which is when it can be seen; a commit has its price. */
    Duration checkpoints() {
        return duration == null ? FOR_SPEED : TO_BE_WATCHED;
    }
}
