package io.gradstream.model.parameters;

/**
 * A named view of the one array of running statistics (double precision).
 *
 * @param name such as {@code standardised.mean}
 * @param at where it starts in the array
 * @param size how many doubles
 * @param initial their first value
 * @param atLeast what none of them is ever below: 0 for counts and variances, else -∞
 * @param ofWeights whether they are of what parameters made, and so go with them, rather than of the data alone
 */
public record Statistic(String name, int at, int size, double initial, double atLeast, boolean ofWeights) {}
