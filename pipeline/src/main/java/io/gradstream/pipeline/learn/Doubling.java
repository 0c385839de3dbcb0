package io.gradstream.pipeline.learn;

/** Which of many alike are told of: the first, second, fourth, eighth, …, so that the log stays short and goes on. */
final class Doubling {

    private Doubling() {}

    /** Whether the one with this number is, counted from 1. */
    static boolean isTold(long number) {
        return Long.bitCount(number) == 1;
    }
}
