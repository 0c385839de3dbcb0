/**
 * The model core beside the native libraries, one thread each: OpenBLAS for matrix products, libtorch (through DJL) for attention and whole
 * training steps. Both sides run in turn in one JVM, which is started several times.
 */
package io.gradstream.benchmarks.peers;
