package io.gradstream.quickstart.panel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ScreenTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void repaintsInPlaceAndGivesTheCursorBack() {
        try (Screen screen = new Screen(out, new PanelText(100, false), true)) {
            screen.show(PanelTextTest.beginning());
            assertThat(text()).startsWith("\u001b[?25l");
            bytes.reset();
            screen.show(PanelTextTest.midway());
            assertThat(text()).startsWith("\u001b[15A\r").endsWith("\u001b[J");
            bytes.reset();
        }
        assertThat(text()).isEqualTo("\u001b[?25h");
    }

    @Test
    void afterSomethingWasSaidTheNextPanelStartsBelowIt() {
        try (Screen screen = new Screen(out, new PanelText(100, false), true)) {
            screen.show(PanelTextTest.midway());
            screen.say("stopping");
            bytes.reset();
            screen.show(PanelTextTest.midway());
            assertThat(text()).doesNotContain("\u001b[15A");
        }
    }

    @Test
    void isALineEachWhereThereIsNoTerminal() {
        try (Screen screen = new Screen(out, new PanelText(100, false), false)) {
            screen.show(PanelTextTest.midway());
            screen.show(PanelTextTest.midway());
        }
        assertThat(text().lines()).hasSize(2);
        assertThat(text()).doesNotContain("\u001b");
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
