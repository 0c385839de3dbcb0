/** Feeds the flights to Kafka: each departure when it leaves, each outcome when it lands, at the wanted pace. */
package io.gradstream.quickstart.feed;
