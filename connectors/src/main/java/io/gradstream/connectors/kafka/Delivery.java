package io.gradstream.connectors.kafka;

/** What a job promises about each record it writes. */
public enum Delivery {
    /** In Kafka transactions that end with Flink's checkpoints: a {@code read_committed} reader sees each record once. */
    EXACTLY_ONCE,
    /** Nothing is lost; after a failure records may be there twice. */
    AT_LEAST_ONCE
}
