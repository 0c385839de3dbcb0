package io.gradstream.pipeline.jobs;

import io.gradstream.testing.GradstreamExtension;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.testutils.InMemoryReporter;

/** The operators' metrics, as Flink reports them; still there when their job has ended. */
final class Gauges {
    private final InMemoryReporter reporter = InMemoryReporter.createWithRetainedMetrics();

    /** To be called before the cluster starts. */
    GradstreamExtension reportedBy(GradstreamExtension extension) {
        Configuration configuration = new Configuration();
        reporter.addToConfiguration(configuration);
        configuration.toMap().forEach(extension::withFlinkSetting);
        return extension;
    }

    /** The number that an operator's gauge shows: the last one registered, if there were several attempts. */
    long value(JobID job, String operator, String name) {
        long value = -1;
        for (MetricGroup group : reporter.findOperatorMetricGroups(job, operator)) {
            Metric metric = reporter.getMetricsByGroup(group).get(name);
            if (metric instanceof Gauge<?> gauge && gauge.getValue() instanceof Number number) {
                value = Math.max(value, number.longValue());
            }
        }
        if (value < 0) {
            throw new AssertionError("operator '" + operator + "' has no metric '" + name + "'");
        }
        return value;
    }

    /** What a gauge shows of a job that was not restarted, under its documented name from the operator on. */
    Object reading(JobID job, String name) {
        return reporter.getMetricsByIdentifiers(job).entrySet().stream()
                .filter(each -> each.getKey().endsWith("." + name))
                .map(each -> ((Gauge<?>) each.getValue()).getValue())
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no metric '" + name + "'"));
    }
}
