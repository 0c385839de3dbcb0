/** Losses on logits: the mean over a batch, and its gradient. */
package io.gradstream.model.losses;
