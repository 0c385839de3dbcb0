package io.gradstream.connectors.kafka;

import io.gradstream.connectors.records.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;

/** Keeps the values that a reader gives out, as text, and which splits are idle. */
final class TakenRecords implements ReaderOutput<RawRecord> {
    final List<String> values = new ArrayList<>();
    final Set<String> idle = new TreeSet<>();

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
        return new OfSplit(split);
    }

    @Override
    public void releaseOutputForSplit(String split) {}

    private final class OfSplit implements SourceOutput<RawRecord> {
        private final String split;

        OfSplit(String split) {
            this.split = split;
        }

        @Override
        public void collect(RawRecord record) {
            TakenRecords.this.collect(record);
        }

        @Override
        public void collect(RawRecord record, long timestamp) {
            collect(record);
        }

        @Override
        public void emitWatermark(Watermark watermark) {}

        @Override
        public void markIdle() {
            idle.add(split);
        }

        @Override
        public void markActive() {
            idle.remove(split);
        }
    }
}
