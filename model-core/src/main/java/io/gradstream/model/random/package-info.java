/**
 * Random numbers as a pure function of (seed, stream, counter), for initialisation, dropout and sampling.
 *
 * <p>The counter is model state and travels with the weights, so a restored learner draws what the lost one would have
 * drawn, on every JDK and machine.
 */
package io.gradstream.model.random;
