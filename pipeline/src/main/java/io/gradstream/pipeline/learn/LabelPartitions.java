package io.gradstream.pipeline.learn;

import io.gradstream.pipeline.config.Pipeline;
import java.io.Serializable;
import java.util.List;

/** Which partitions the labels have, so that one that has never given a label is known. */
@FunctionalInterface
public interface LabelPartitions extends Serializable {

    /** Nothing is known of partitions but what their labels say. */
    LabelPartitions UNKNOWN = pipeline -> List.of();

    /** The number of partitions of each topic of the labels, in the order of the topics; called at each start, on the cluster. */
    List<Integer> of(Pipeline pipeline) throws Exception;
}
