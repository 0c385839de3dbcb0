/**
 * The heart of the main job: score, join with the label, evaluate, learn.
 *
 * <p>{@link io.gradstream.pipeline.learn.LearnCore} and {@link io.gradstream.pipeline.learn.LabelJoin} do the work and know
 * nothing of Flink's runtime; the operators give them records, keyed state, wakes and a place in the checkpoint.
 */
package io.gradstream.pipeline.learn;
