/** Watches the job from outside, as any consumer could: its output topics, {@code read_committed}, and its Flink metrics. */
package io.gradstream.quickstart.watch;
