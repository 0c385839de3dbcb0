package io.gradstream.model.guard;

/**
 * A model went back to its last good version. Losses are means of the block of rows after which it did, and may be no numbers.
 *
 * @param number of rollbacks so far
 * @param steps that were taken back
 * @param loss of the version that was left
 * @param goodLoss of the one that was gone back to
 * @param baselineLoss of the baseline
 * @param factor what the learning rate is multiplied with from here on
 */
public record Rollback(long number, long steps, double loss, double goodLoss, double baselineLoss, double factor) {}
