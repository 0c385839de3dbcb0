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
record Settings(Path pipeline, Path data, Path output, Duration duration, int flights) {}
