/**
 * A pipeline's YAML file: {@link io.gradstream.pipeline.config.PipelineSpec} is what it says, key by key,
 * {@link io.gradstream.pipeline.config.PipelineFile} reads and checks it, {@link io.gradstream.pipeline.config.Pipeline} is what the
 * jobs run. Only the client reads files; a {@code Pipeline} is self-contained and serializable.
 */
package io.gradstream.pipeline.config;
