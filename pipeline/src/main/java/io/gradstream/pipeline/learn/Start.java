package io.gradstream.pipeline.learn;

import io.gradstream.model.Learner;

/**
 * What a job begins with.
 *
 * @param learnedUntil event time of the newest example that the learner has learned; {@link Long#MIN_VALUE} if none is known
 */
public record Start(Learner learner, long learnedUntil) {

    /** A learner that has learned nothing. */
    public static Start scratch(Learner learner) {
        return new Start(learner, Long.MIN_VALUE);
    }
}
