/**
 * Whole jobs, Kafka to Kafka, side by side with an identity job (bytes in, the same bytes out, no model) under the same
 * guarantee and client settings. Every measurement is a process of its own; the two sides take turns.
 */
package io.gradstream.benchmarks.endtoend;
