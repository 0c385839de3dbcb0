package io.gradstream.pipeline.examples;

import io.gradstream.connectors.records.RawRecord;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/**
 * A watermark behind the newest event of a partition. It is told after records only: each makes the partition count again, and one that the source
 * has marked idle since would hold the others back.
 */
final class BehindNewest implements WatermarkGenerator<RawRecord> {
    private final long behind;
    private long newest;
    private boolean told = true;

    /** @param outOfOrderness how far an event may be behind the newest, in ms */
    BehindNewest(long outOfOrderness) {
        behind = outOfOrderness + 1;
        newest = Long.MIN_VALUE + behind;
    }

    @Override
    public void onEvent(RawRecord record, long time, WatermarkOutput output) {
        newest = Math.max(newest, time);
        told = false;
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        if (!told) {
            output.emitWatermark(new Watermark(newest - behind));
            told = true;
        }
    }
}
