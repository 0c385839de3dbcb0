package io.gradstream.pipeline.replay;

import io.gradstream.connectors.records.RawRecord;
import io.gradstream.connectors.records.RawRecordTypeInfo;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.ArrayResultIterator;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;

/**
 * One file as events and labels, for Flink's file source. What comes out depends on the rows before, so a position is a
 * number of records: going on there reads the file from its start and passes over as many.
 */
final class ReplayFormat implements BulkFormat<RawRecord, FileSourceSplit> {

    private static final long serialVersionUID = 1;
    private static final int RECORDS_AT_ONCE = 1000;

    private final ReplayPlan plan;

    ReplayFormat(ReplayPlan plan) {
        this.plan = plan;
    }

    @Override
    public Reader<RawRecord> createReader(Configuration config, FileSourceSplit split) throws IOException {
        return new RowReader(new ReplayRows(plan, split.path()));
    }

    @Override
    public Reader<RawRecord> restoreReader(Configuration config, FileSourceSplit split) throws IOException {
        RowReader reader = new RowReader(new ReplayRows(plan, split.path()));
        long read = split.getReaderPosition()
                .map(CheckpointedPosition::getRecordsAfterOffset)
                .orElse(0L);
        reader.skip(read);
        return reader;
    }

    @Override
    public boolean isSplittable() {
        return false;
    }

    @Override
    public TypeInformation<RawRecord> getProducedType() {
        return RawRecordTypeInfo.INSTANCE;
    }

    private static final class RowReader implements Reader<RawRecord> {
        private final ReplayRows rows;
        private long read;

        RowReader(ReplayRows rows) {
            this.rows = rows;
        }

        void skip(long records) throws IOException {
            while (read < records && rows.next() != null) {
                read++;
            }
        }

        @Override
        public RecordIterator<RawRecord> readBatch() throws IOException {
            RawRecord[] batch = new RawRecord[RECORDS_AT_ONCE];
            int size = 0;
            for (RawRecord record; size < batch.length && (record = rows.next()) != null; size++) {
                batch[size] = record;
            }
            if (size == 0) {
                return null;
            }
            ArrayResultIterator<RawRecord> records = new ArrayResultIterator<>();
            records.set(batch, size, CheckpointedPosition.NO_OFFSET, read);
            read += size;
            return records;
        }

        @Override
        public void close() throws IOException {
            rows.close();
        }
    }
}
