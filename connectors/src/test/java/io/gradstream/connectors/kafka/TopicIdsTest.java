package io.gradstream.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class TopicIdsTest {
    private final TopicIds ids = new TopicIds(
            new Properties(), List.of("flights", "arrivals"), Map.of("flights", "east/1", "no-longer-read", "east/9"));

    @Test
    void aTopicThatWasMadeAgainIsNamed() {
        ids.compare(Map.of("flights", "east/1", "arrivals", "east/5"), null);
        assertThat(ids.known()).containsOnly(Map.entry("flights", "east/1"), Map.entry("arrivals", "east/5"));
        assertThatThrownBy(() -> ids.compare(Map.of("flights", "east/1", "arrivals", "east/6"), null))
                .isInstanceOf(TopicReplacedException.class)
                .hasMessageStartingWith("Topic 'arrivals' is not the one that this job has read");
    }

    /** Where the same records may lie at the same offsets. */
    @Test
    void anotherClusterIsNotComparedWith() {
        ids.compare(Map.of("flights", "west/2"), null);
        assertThat(ids.known()).containsEntry("flights", "west/2");
        assertThatThrownBy(() -> ids.compare(Map.of("flights", "west/3"), null))
                .isInstanceOf(TopicReplacedException.class);
    }

    @Test
    void noAnswerChangesNothing() {
        ids.compare(null, new TimeoutException("no broker"));
        assertThat(ids.known()).containsOnly(Map.entry("flights", "east/1"));
    }
}
