/** Optimizers, learning-rate schedules and gradient clipping. */
package io.gradstream.model.optimizers;
