package io.gradstream.connectors.records;

import org.apache.flink.api.common.typeinfo.TypeInfo;

/** Everything a job writes. One sink takes them all and sends each to the topic of its kind, in one transaction. */
@TypeInfo(OutgoingTypeInfo.Factory.class)
public sealed interface Outgoing permits Prediction, DeadLetter, SnapshotChunk, SnapshotManifest, Evaluation {}
