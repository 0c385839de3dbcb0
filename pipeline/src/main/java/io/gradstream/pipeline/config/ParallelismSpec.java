package io.gradstream.pipeline.config;

import io.gradstream.model.spec.Default;
import io.gradstream.model.spec.Doc;
import java.io.Serializable;

/** Subtasks of each part of a job. */
@Doc("Subtasks of each part.")
public record ParallelismSpec(
        @Doc("Reading and decoding, when labels have their own topic.") @Default("1")
        int decode,

        @Doc("Learning; this version learns at parallelism 1.") @Default("1")
        int learn,

        @Doc("The whole scoring job.") @Default("1") int score)
        implements Serializable {}
