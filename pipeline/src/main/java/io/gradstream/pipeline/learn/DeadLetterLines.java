package io.gradstream.pipeline.learn;

import io.gradstream.connectors.records.DeadLetter;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Dead letters in the log: of each reason the first, second, fourth, eighth, … since the operator started, by its origin. What the record says
 * is no matter for a log, nor is the sentence about it, which may repeat a value. One thread.
 */
public final class DeadLetterLines {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterLines.class);

    private final Map<String, long[]> many = new HashMap<>();

    /** To be called for each one; gives it back. */
    public DeadLetter tell(DeadLetter letter) {
        long[] count = many.computeIfAbsent(letter.reason(), reason -> new long[1]);
        if (Doubling.isTold(++count[0])) {
            LOG.warn(
                    "{} records were refused as {} since this start; the last is {}-{}@{}. Each is in the dead-letter topic, with what is"
                            + " wrong with it",
                    count[0],
                    letter.reason(),
                    letter.topic(),
                    letter.partition(),
                    letter.offset());
        }
        return letter;
    }
}
