/**
 * Arithmetic on {@code float[]}: element-wise passes, sums, matrix products, activations, losses and optimizer steps.
 *
 * <p>Every kernel exists twice, in plain Java and with {@code jdk.incubator.vector}, and both give the same bits for
 * the same input: on every JDK, vector width and tile. The plain version is the definition; it finishes what is left
 * over from the vector loops, is what the tests compare with, and does all the work in a JVM without the vector
 * module. No vector type appears outside the {@code Vector…} classes, which such a JVM never loads.
 *
 * <p>What makes the bits the same is the order of operations, and it is part of each kernel's contract:
 *
 * <ul>
 *   <li>an element of a matrix product starts from C and takes its k terms in ascending order, each one fma;
 *   <li>other sums use 16 virtual lanes and one fixed tree (see {@link io.gradstream.model.kernels.Kernels#dot});
 *   <li>exp, log, tanh and their kin are polynomials of our own, the same operations in both versions.
 * </ul>
 *
 * <p>The sign and payload of a NaN are not defined. Kernels allocate nothing in steady state, check no shapes beyond
 * what the arrays do themselves, and may be called from several threads on different arrays.
 */
package io.gradstream.model.kernels;
