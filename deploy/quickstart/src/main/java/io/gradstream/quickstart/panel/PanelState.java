package io.gradstream.quickstart.panel;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * What the panel shows at one moment.
 *
 * @param phase what is going on, such as "replaying"
 * @param processed departures and outcomes that the job has processed
 * @param total how many there are
 * @param clock event time of the newest outcome that was evaluated; null before the first
 * @param remaining wall-clock time still to go; null when that is unknown
 * @param predictions committed predictions
 * @param outcomes outcomes learned and evaluated
 * @param perSecond departures and outcomes processed a second, lately
 * @param all evaluation over everything so far; empty before the first
 * @param window evaluation over the last full window; empty before the first
 * @param windowSize labelled examples of a window
 * @param version of the newest snapshot; -1 before the first
 * @param snapshotAge wall-clock time since that snapshot was committed; null before the first
 * @param late labels that came too late to be learned; -1 when not known yet
 * @param deadLetters records that could not be used
 * @param web address of Flink's web UI; null before it is up
 * @param broker address of the Kafka broker; null before it is up
 */
public record PanelState(
        String phase,
        long processed,
        long total,
        Instant clock,
        Duration remaining,
        long predictions,
        long outcomes,
        double perSecond,
        Map<String, Double> all,
        Map<String, Double> window,
        long windowSize,
        long version,
        Duration snapshotAge,
        long late,
        long deadLetters,
        String web,
        String broker) {

    /** Copies the maps. */
    public PanelState {
        all = Map.copyOf(all);
        window = Map.copyOf(window);
    }

    /** How much of it is processed, from 0 to 1. */
    public double progress() {
        return total == 0 ? 0 : Math.min(1.0, (double) processed / total);
    }
}
