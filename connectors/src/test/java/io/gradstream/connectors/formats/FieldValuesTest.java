package io.gradstream.connectors.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FieldValuesTest {

    @Test
    void keepsEachColumn() {
        FieldValues values = new FieldValues(5);
        values.setNumber(0, -0.5);
        values.setText(1, "Zoë");
        values.setFlag(2, true);
        values.setTime(3, -1);
        assertThat(values.size()).isEqualTo(5);
        assertThat(values.number(0)).isEqualTo(-0.5);
        assertThat(values.text(1)).isEqualTo("Zoë");
        assertThat(values.flag(2)).isTrue();
        assertThat(values.time(3)).isEqualTo(-1);
        assertThat(values.present(4)).isFalse();
        values.clear();
        for (int i = 0; i < 5; i++) {
            assertThat(values.present(i)).isFalse();
        }
    }

    @Test
    void keepsAllTextsInOneBuffer() {
        FieldValues values = new FieldValues(1000);
        for (int i = 0; i < 1000; i++) {
            byte[] text = ("text " + i).getBytes(StandardCharsets.UTF_8);
            values.setText(i, text, 0, text.length);
        }
        for (int i = 0; i < 1000; i++) {
            String text = new String(values.text(), values.textStart(i), values.textLength(i), StandardCharsets.UTF_8);
            assertThat(text).isEqualTo("text " + i).isEqualTo(values.text(i));
        }
    }

    @Test
    void refusesMoreTextThanItsBoundAndGivesAnUnusualBufferBack() {
        FieldValues values = new FieldValues(2);
        byte[] half = new byte[FieldValues.MAX_TEXT / 2 + 1];
        values.setText(0, half, 0, half.length);
        assertThatThrownBy(() -> values.setText(1, half, 0, half.length))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the texts of one record have 16777218 bytes or more; at most 16777216 are read");
        assertThat(values.text().length).isGreaterThanOrEqualTo(half.length);
        values.clear();
        assertThat(values.text().length).isLessThan(1000);
    }
}
