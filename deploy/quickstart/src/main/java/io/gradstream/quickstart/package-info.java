/** {@code gradstream quickstart}: broker, Flink and feeder in one process, the flights pipeline in them, a live panel over it. */
package io.gradstream.quickstart;
