/**
 * A model that learns one example at a time: {@link io.gradstream.model.ModelSpec} says what it is, {@link
 * io.gradstream.model.Learner} scores and learns, {@link io.gradstream.model.Model} is an immutable copy that any thread may
 * score with through a {@link io.gradstream.model.Scorer} of its own.
 */
package io.gradstream.model;
