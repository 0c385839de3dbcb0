/**
 * The records that enter and leave: what Kafka hands over, untouched ({@link
 * io.gradstream.connectors.records.RawRecord}), and everything a job writes ({@link
 * io.gradstream.connectors.records.Outgoing}). Each outgoing record has an Avro schema, kept as a resource beside this
 * package, and is written and read by hand against it. A snapshot of a model travels as chunks and a manifest.
 */
package io.gradstream.connectors.records;
