/**
 * A real Kafka broker (KRaft, one node) inside the process, for the quickstart and for tests. It listens on loopback
 * only, keeps its data in one folder, and never ends the process it lives in.
 */
package io.gradstream.broker;
