package io.gradstream.pipeline.learn;

import io.gradstream.pipeline.config.Pipeline;
import java.io.Serializable;

/** Where a learner comes from when there is no state to restore. */
@FunctionalInterface
public interface FirstModel extends Serializable {

    /**
     * Makes the learner; called once, on the cluster.
     *
     * @param pipeline the pipeline, without the snapshot that it may begin with
     */
    Start load(Pipeline pipeline) throws Exception;
}
