/** The command line: run, score, replay, validate, inspect, transactions. It reads, checks and prints; what runs is built in {@code jobs}. */
package io.gradstream.pipeline.cli;
