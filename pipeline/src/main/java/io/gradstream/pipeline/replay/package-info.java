/**
 * A bounded file as if it had come from Kafka: events in its order, each label when it would really have become known.
 */
package io.gradstream.pipeline.replay;
