package io.gradstream.quickstart.watch;

import io.gradstream.pipeline.learn.LearnCount;
import io.gradstream.pipeline.learn.LearnGauge;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/**
 * What the learning operator counts, as Flink reports it. Flink makes reporters by itself, from their factory's name, so what
 * they see is kept for the whole process: there is one job in it.
 */
public final class JobMetrics implements MetricReporterFactory {
    private static final Map<Metric, String> GAUGES = new ConcurrentHashMap<>();

    /** For Flink. */
    public JobMetrics() {}

    /** The newest value of a count, added up over subtasks; -1 while there is none. */
    public static long value(LearnCount count) {
        return value(count.key());
    }

    /** The newest value of a gauge that is a number, added up over subtasks; -1 while there is none. */
    public static long value(LearnGauge gauge) {
        return value(gauge.key());
    }

    private static long value(String name) {
        long sum = -1;
        for (Map.Entry<Metric, String> gauge : GAUGES.entrySet()) {
            if (gauge.getValue().equals(name)
                    && gauge.getKey() instanceof Gauge<?> found
                    && found.getValue() instanceof Number value) {
                sum = Math.max(sum, 0) + value.longValue();
            }
        }
        return sum;
    }

    @Override
    public MetricReporter createMetricReporter(Properties properties) {
        return new Reporter();
    }

    private static final class Reporter implements MetricReporter {
        @Override
        public void open(MetricConfig config) {}

        @Override
        public void close() {
            GAUGES.clear();
        }

        @Override
        public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
            if (metric instanceof Gauge
                    && "learn".equals(group.getAllVariables().get("<operator_name>"))) {
                GAUGES.put(metric, name);
            }
        }

        @Override
        public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
            GAUGES.remove(metric);
        }
    }
}
