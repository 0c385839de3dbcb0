package io.gradstream.pipeline.learn;

import io.gradstream.connectors.records.DeadLetter;
import io.gradstream.pipeline.examples.Reasons;
import java.util.List;

/** What goes out in place of a prediction whose score is no number, which nobody is to see. */
public final class NotScored {

    private NotScored() {}

    /**
     * The dead letter of a row of a micro-batch that was scored.
     *
     * @param version of the weights that scored it
     * @param topics names by topic index
     */
    public static DeadLetter deadLetter(MicroBatch rows, int row, long version, List<String> topics) {
        return new DeadLetter(
                Reasons.SCORE_NOT_FINITE,
                "version " + version + " of the model gave event '" + rows.key(row)
                        + "' a score that is not finite: its numbers, or the model's weights, are far too large",
                topics.get(rows.topic(row)),
                rows.partition(row),
                rows.offset(row),
                -1,
                null,
                null);
    }
}
