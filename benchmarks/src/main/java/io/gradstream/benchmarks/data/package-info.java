/** How good models are on real data, each figure beside its target. */
package io.gradstream.benchmarks.data;
