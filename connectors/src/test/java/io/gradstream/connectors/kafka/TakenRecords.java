package io.gradstream.connectors.kafka;

import io.gradstream.connectors.records.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;

/** Keeps the values that a reader gives out, as text. */
final class TakenRecords implements ReaderOutput<RawRecord> {
    final List<String> values = new ArrayList<>();

    @Override
    public void collect(RawRecord record) {
        values.add(new String(record.value(), StandardCharsets.UTF_8));
    }

    @Override
    public void collect(RawRecord record, long timestamp) {
        collect(record);
    }

    @Override
    public void emitWatermark(Watermark watermark) {}

    @Override
    public void markIdle() {}

    @Override
    public void markActive() {}

    @Override
    public SourceOutput<RawRecord> createOutputForSplit(String split) {
        return this;
    }

    @Override
    public void releaseOutputForSplit(String split) {}
}
