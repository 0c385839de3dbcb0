package io.gradstream.model.parameters;

/**
 * A sparse table: many rows, of which only the touched ones are kept, stepped, sent and counted.
 *
 * @param name such as {@code embedded.table}
 * @param index its place among the tables
 * @param rows how many rows there are, touched or not
 * @param width floats of a row
 * @param filling a row's values before its first step
 */
public record Table(String name, int index, int rows, int width, Filling filling) {}
