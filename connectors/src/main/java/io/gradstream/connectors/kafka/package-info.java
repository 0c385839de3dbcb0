/**
 * Kafka: the source of raw records, the one sink for everything that leaves, the checks before a start, and the reader
 * that follows a snapshots topic. Client properties pass through as users know them; what is set here by default a user
 * can override.
 */
package io.gradstream.connectors.kafka;
