package io.gradstream.pipeline.score;

import io.gradstream.model.Model;

/**
 * A model and where it comes from.
 *
 * @param lineage of the weights
 * @param version of the weights: steps made
 * @param learnedUntil event time of the newest example learned
 */
record ServedModel(Model model, String lineage, long version, long learnedUntil) {}
