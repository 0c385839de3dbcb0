/**
 * From bytes to rows: the records that reach the learning and scoring operators, their serializers, and the decoding
 * operators, which turn whatever they cannot use into a {@link io.gradstream.pipeline.examples.BadRecord} with a reason.
 */
package io.gradstream.pipeline.examples;
