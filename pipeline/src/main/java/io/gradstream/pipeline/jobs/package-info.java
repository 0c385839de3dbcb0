/** The jobs, each reading as the data flows. Sources and sink are passed in: Kafka's, a file's or a test's. */
package io.gradstream.pipeline.jobs;
