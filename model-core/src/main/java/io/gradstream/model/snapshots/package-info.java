/** Snapshot bytes: the safetensors format. */
package io.gradstream.model.snapshots;
