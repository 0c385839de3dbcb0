/** JMH: kernels and whole steps of the model core. */
package io.gradstream.benchmarks.model;
