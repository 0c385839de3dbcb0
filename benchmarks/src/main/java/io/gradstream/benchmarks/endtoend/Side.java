package io.gradstream.benchmarks.endtoend;

/** Which of two jobs a process runs. */
enum Side {
    /** Kafka to Kafka, the bytes as they are. */
    IDENTITY,
    /** The pipeline of a YAML file: scores and learns. */
    LEARN,
    /** The scoring job of a YAML file. */
    SCORE
}
