package io.gradstream.model.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    @ParameterizedTest
    @CsvSource({
        "'', '', 0",
        "abc, abc, 0",
        "abc, '', 3",
        "abc, acb, 1",
        "abc, ab, 1",
        "abc, abcd, 1",
        "abc, xbc, 1",
        "ca, abc, 3",
        "kitten, sitting, 3"
    })
    void distance(String a, String b, int distance) {
        assertThat(Nearest.distance(a, b)).isEqualTo(distance);
        assertThat(Nearest.distance(b, a)).isEqualTo(distance);
    }

    @Test
    void onlyWhatIsNearIsProposed() {
        List<String> known = List.of("batch-size", "optimizer", "lr");

        assertThat(Nearest.of("batchSize", known)).contains("batch-size");
        assertThat(Nearest.of("BATCH_SIZE", known)).contains("batch-size");
        assertThat(Nearest.of("optimiser", known)).contains("optimizer");
        assertThat(Nearest.of("l", known)).contains("lr");
        assertThat(Nearest.of("wd", known)).isEmpty();
        assertThat(Nearest.of("", known)).isEmpty();
        assertThat(Nearest.of("x".repeat(100_000), known)).isEmpty();
    }
}
