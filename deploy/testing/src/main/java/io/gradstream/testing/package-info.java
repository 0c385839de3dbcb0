/**
 * For tests of streaming jobs: a JUnit extension that gives a test class a real Kafka broker and a real Flink
 * MiniCluster, and takes both away again.
 */
package io.gradstream.testing;
