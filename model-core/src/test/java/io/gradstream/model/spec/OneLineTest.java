package io.gradstream.model.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OneLineTest {
    @Test
    void controlCharactersAreShownAndNotObeyed() {
        assertThat(OneLine.escaped("a\u001b[31mb\u009bc\nd\u2028\u007f é😀"))
                .isEqualTo("a\\u001b[31mb\\u009bc\\u000ad\\u2028\\u007f é😀");
    }

    @Test
    void longTextIsShortened() {
        assertThat(OneLine.shortened("x".repeat(10), 10)).isEqualTo("x".repeat(10));
        assertThat(OneLine.shortened("\n" + "x".repeat(10), 10)).isEqualTo("\\u000axxxxxx...");
    }
}
