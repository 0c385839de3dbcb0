package io.gradstream.quickstart.panel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PanelTextTest {
    private final Locale machine = Locale.getDefault();

    @AfterEach
    void giveTheLocaleBack() {
        Locale.setDefault(machine);
    }

    @Test
    void showsEveryFigureBesideItsBaselines() {
        Locale.setDefault(Locale.GERMANY); // the panel must not follow the machine's language

        assertThat(String.join("\n", new PanelText(100, false).panel(midway()))).isEqualTo("""
                Gradstream  a model that learns real flights from a live Kafka topic

                replaying  ███████████████░░░░░░░░░░░░░░░  50 %  2001-04-02 14:05  1:00 left
                events     361,204 predicted  358,998 landed and learned  12,345 events/s

                                                   all so far   last 10,000
                           accuracy                    0.7951        0.8012
                             majority                  0.7745        0.7800
                             last known outcome        0.6870        0.6912
                           AUC                         0.7464        0.7555
                           log-loss                    0.4668        0.4501

                snapshot   version 5,601, 0.8 s old
                trouble    0 late labels  3 dead letters
                open       http://127.0.0.1:8081 (Flink)  127.0.0.1:21000 (Kafka)  Ctrl-C ends it""");
    }

    @Test
    void showsDashesBeforeThereIsAnything() {
        assertThat(String.join("\n", new PanelText(100, false).panel(beginning())))
                .isEqualTo("""
                Gradstream  a model that learns real flights from a live Kafka topic

                starting   ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░   0 %
                events     0 predicted  0 landed and learned  0 events/s

                                                   all so far   last window
                           accuracy                         -             -
                             majority                       -             -
                             last known outcome             -             -
                           AUC                              -             -
                           log-loss                         -             -

                snapshot   none yet
                trouble    - late labels  0 dead letters
                open       -  Ctrl-C ends it""");
    }

    @Test
    void cutsLinesThatWouldWrapAndLeavesNoColourOpen() {
        for (String line : new PanelText(40, true).panel(midway())) {
            assertThat(line.replaceAll("\u001b\\[[0-9]*m", "")).hasSizeLessThanOrEqualTo(40);
            if (line.contains("\u001b")) {
                assertThat(line.substring(line.lastIndexOf('\u001b'))).startsWith("\u001b[0m");
            }
        }
    }

    @Test
    void withoutColourThereIsNoEscape() {
        assertThat(new PanelText(100, false).panel(midway())).noneMatch(line -> line.contains("\u001b"));
    }

    @Test
    void oneLineHoldsEverythingForALog() {
        assertThat(new PanelText(100, false).line(midway()))
                .isEqualTo("replaying   50 %  2001-04-02 14:05  predicted 361,204  learned 358,998  12,345 events/s"
                        + "  accuracy 0.7951 (majority 0.7745, last 0.6870)  AUC 0.7464  log-loss 0.4668"
                        + "  snapshot v5601  late 0  dead 3");
    }

    @Test
    void theBarIsFullOnlyAtTheEnd() {
        assertThat(withProcessed(1_465_369)).anyMatch(line -> line.contains("░  99 %"));
        assertThat(withProcessed(1_465_370)).anyMatch(line -> line.contains("█ 100 %"));
    }

    private static List<String> withProcessed(long processed) {
        return new PanelText(100, false)
                .panel(new PanelState(
                        "replaying",
                        processed,
                        1_465_370,
                        null,
                        null,
                        0,
                        0,
                        0,
                        Map.of(),
                        Map.of(),
                        0,
                        -1,
                        null,
                        0,
                        0,
                        null,
                        null));
    }

    static PanelState midway() {
        return new PanelState(
                "replaying",
                732_685,
                1_465_370,
                Instant.parse("2001-04-02T14:05:30Z"),
                Duration.ofMillis(60_400),
                361_204,
                358_998,
                12_345.4,
                Map.of(
                        "accuracy", 0.79512,
                        "majority-accuracy", 0.7745,
                        "last-accuracy", 0.6870,
                        "auc", 0.7464,
                        "log-loss", 0.4668),
                Map.of(
                        "accuracy", 0.8012,
                        "majority-accuracy", 0.7800,
                        "last-accuracy", 0.6912,
                        "auc", 0.7555,
                        "log-loss", 0.4501),
                10_000,
                5_601,
                Duration.ofMillis(812),
                0,
                3,
                "http://127.0.0.1:8081",
                "127.0.0.1:21000");
    }

    static PanelState beginning() {
        return new PanelState(
                "starting", 0, 0, null, null, 0, 0, 0, Map.of(), Map.of(), 0, -1, null, -1, 0, null, null);
    }
}
