package io.gradstream.pipeline.config;

/** In which order what comes is processed. */
public enum Order {
    ARRIVAL,
    EVENT_TIME
}
