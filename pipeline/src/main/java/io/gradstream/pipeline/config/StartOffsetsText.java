package io.gradstream.pipeline.config;

import io.gradstream.connectors.kafka.StartOffsets;
import io.gradstream.connectors.kafka.StartOffsets.Committed.Otherwise;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Start offsets as text. */
final class StartOffsetsText {

    private static final String WANTED =
            "wanted committed, committed-or-latest, committed-or-fail, earliest, latest, a time such as"
                    + " 2026-01-31T00:00:00Z or offsets such as flights-0:100,flights-1:7, got \"";

    private StartOffsetsText() {}

    /**
     * Reads the text for one input.
     *
     * @param topics the input's: of offsets, only theirs are taken
     * @param all topics of all inputs
     * @throws IllegalArgumentException when the text is none, or names a topic that is no input
     */
    static StartOffsets read(String text, List<String> topics, List<String> all) {
        return switch (text) {
            case "committed" -> new StartOffsets.Committed(Otherwise.EARLIEST);
            case "committed-or-latest" -> new StartOffsets.Committed(Otherwise.LATEST);
            case "committed-or-fail" -> new StartOffsets.Committed(Otherwise.FAIL);
            case "earliest" -> new StartOffsets.Earliest();
            case "latest" -> new StartOffsets.Latest();
            default -> text.matches("[0-9]{4}-.*T.*") ? timestamp(text) : specific(text, topics, all);
        };
    }

    private static StartOffsets timestamp(String text) {
        try {
            return new StartOffsets.Timestamp(Instant.parse(text));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(WANTED + text + "\"", e);
        }
    }

    private static StartOffsets specific(String text, List<String> topics, List<String> all) {
        Map<String, Long> offsets = new LinkedHashMap<>();
        for (String each : text.split(",", -1)) {
            int colon = each.lastIndexOf(':');
            String offset = each.substring(colon + 1).strip();
            if (colon < 1 || !offset.matches("0|[1-9][0-9]{0,17}")) {
                throw new IllegalArgumentException(WANTED + text + "\"" + DecimalDigits.zerosInFront(offset));
            }
            String partition = each.substring(0, colon).strip();
            if (offsets.put(partition, Long.valueOf(offset)) != null) {
                throw new IllegalArgumentException("partition " + partition + " is there twice");
            }
        }
        new StartOffsets.Specific(offsets).offsets().keySet().forEach(partition -> checkTopic(partition, all));
        offsets.keySet().removeIf(partition -> !topics.contains(topic(partition)));
        return new StartOffsets.Specific(offsets);
    }

    private static void checkTopic(String partition, List<String> all) {
        if (!all.contains(topic(partition))) {
            throw new IllegalArgumentException("'" + topic(partition) + "' is no input topic (" + String.join(", ", all)
                    + "), so it has no partition " + partition);
        }
    }

    private static String topic(String partition) {
        return partition.substring(0, partition.lastIndexOf('-'));
    }
}
