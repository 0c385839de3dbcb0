package io.gradstream.quickstart.panel;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The panel as text: the same state and width give the same lines, whatever the machine's language. */
public final class PanelText {
    private static final int BAR_WIDTH = 30;
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final int width;
    private final Style style;

    /**
     * @param width columns of the terminal; longer lines are cut, so that they never wrap
     * @param color whether lines may hold colours and bold
     */
    public PanelText(int width, boolean color) {
        this.width = width;
        this.style = new Style(color);
    }

    /** The panel, top to bottom. */
    public List<String> panel(PanelState state) {
        List<String> lines = new ArrayList<>();
        lines.add(line(style.bold("Gradstream"), "  a model that learns real flights from a live Kafka topic"));
        lines.add("");
        lines.add(line(
                label(state.phase()),
                style.green(bar(state.progress())),
                String.format(Locale.ROOT, " %3.0f %%", Math.floor(state.progress() * 100)),
                state.clock() == null ? "" : "  " + CLOCK.format(state.clock()),
                state.remaining() == null ? "" : "  " + minutes(state.remaining()) + " left"));
        lines.add(line(
                label("events"),
                count(state.predictions()) + " predicted",
                "  " + count(state.outcomes()) + " landed and learned",
                "  " + count(Math.round(state.perSecond())) + " events/s"));
        lines.add("");
        lines.addAll(evaluation(state));
        lines.add("");
        lines.add(line(label("snapshot"), snapshot(state)));
        lines.add(line(
                label("trouble"),
                (state.late() < 0 ? "-" : count(state.late())) + " late labels",
                "  " + count(state.deadLetters()) + " dead letters"));
        lines.add(line(
                label("open"),
                state.web() == null ? "-" : state.web() + " (Flink)",
                state.broker() == null ? "" : "  " + state.broker() + " (Kafka)",
                style.dim("  Ctrl-C ends it")));
        return lines;
    }

    /** One line for a log: what moves, in a fixed order. */
    public String line(PanelState state) {
        return String.format(
                        Locale.ROOT,
                        "%-10s %3.0f %%  %s  predicted %s  learned %s  %s events/s  accuracy %s (majority %s, last %s)"
                                + "  AUC %s  log-loss %s  snapshot %s  late %s  dead %s",
                        state.phase(),
                        Math.floor(state.progress() * 100),
                        state.clock() == null ? "-" : CLOCK.format(state.clock()),
                        count(state.predictions()),
                        count(state.outcomes()),
                        count(Math.round(state.perSecond())),
                        value(state.all(), "accuracy"),
                        value(state.all(), "majority-accuracy"),
                        value(state.all(), "last-accuracy"),
                        value(state.all(), "auc"),
                        value(state.all(), "log-loss"),
                        state.version() < 0 ? "-" : "v" + state.version(),
                        state.late() < 0 ? "-" : count(state.late()),
                        count(state.deadLetters()))
                .stripTrailing();
    }

    private List<String> evaluation(PanelState state) {
        String window = state.windowSize() == 0 ? "last window" : "last " + count(state.windowSize());
        List<String> lines = new ArrayList<>();
        lines.add(line(label(""), String.format(Locale.ROOT, "%-22s%12s%14s", "", "all so far", window)));
        lines.add(figures("accuracy", "accuracy", state, true));
        lines.add(figures("  majority", "majority-accuracy", state, false));
        lines.add(figures("  last known outcome", "last-accuracy", state, false));
        lines.add(figures("AUC", "auc", state, true));
        lines.add(figures("log-loss", "log-loss", state, true));
        return lines;
    }

    private String figures(String title, String name, PanelState state, boolean strong) {
        String text = String.format(
                Locale.ROOT, "%-22s%12s%14s", title, value(state.all(), name), value(state.window(), name));
        return line(label(""), strong ? style.bold(text) : style.dim(text));
    }

    private static String snapshot(PanelState state) {
        if (state.version() < 0) {
            return "none yet";
        }
        return String.format(
                Locale.ROOT,
                "version %s, %.1f s old",
                count(state.version()),
                state.snapshotAge().toMillis() / 1000.0);
    }

    private static String bar(double progress) {
        int full = (int) (progress * BAR_WIDTH);
        return "█".repeat(full) + "░".repeat(BAR_WIDTH - full);
    }

    private String line(String... parts) {
        return style.cut(String.join("", parts), width);
    }

    private static String label(String text) {
        return String.format(Locale.ROOT, "%-11s", text);
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String value(Map<String, Double> values, String name) {
        Double value = values.get(name);
        return value == null ? "-" : String.format(Locale.ROOT, "%.4f", value);
    }

    private static String minutes(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        return String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
    }

    /** Event time as the panel writes it. */
    static String clock(Instant time) {
        return CLOCK.format(time);
    }
}
