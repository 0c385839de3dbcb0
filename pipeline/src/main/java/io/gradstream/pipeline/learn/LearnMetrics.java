package io.gradstream.pipeline.learn;

import io.gradstream.model.statistics.Report;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** The learning operator's metrics, under its own scope. Read by reporters' threads, which see each a moment late at worst. */
final class LearnMetrics {

    /** Group of the last window's evaluation. */
    static final String WINDOW = "window";

    private LearnMetrics() {}

    static void register(MetricGroup group, LearnOperatorBase operator) {
        for (LearnCount count : LearnCount.values()) {
            group.gauge(count.key(), (Gauge<Long>) () -> operator.counters.get(count));
        }
        for (LearnGauge gauge : LearnGauge.values()) {
            group.gauge(gauge.key(), (Gauge<Object>) () -> gauge.value(operator));
        }
        MetricGroup window = group.addGroup(WINDOW);
        for (String metric : operator.core.evaluation().all().names()) {
            window.gauge(metric, (Gauge<Double>) () -> lastWindow(operator.outlet.lastWindow(), metric));
        }
    }

    private static double lastWindow(Report report, String metric) {
        return report == null ? Double.NaN : report.value(metric);
    }
}
