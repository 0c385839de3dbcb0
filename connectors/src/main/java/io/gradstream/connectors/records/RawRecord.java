package io.gradstream.connectors.records;

import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * A record as it lies in a topic, and where it lies. One instance is used again and again by the source: keep what you
 * need of it, not the record itself. The byte arrays are never written to.
 */
@TypeInfo(RawRecordTypeInfo.Factory.class)
public final class RawRecord {
    private int topic;
    private int partition;
    private long offset;
    private long timestamp;
    private byte[] key;
    private byte[] value;

    /** An empty record, to be {@link #set}. */
    public RawRecord() {}

    /** Sets everything at once; the arrays are taken as they are, not copied. */
    public RawRecord set(int topic, int partition, long offset, long timestamp, byte[] key, byte[] value) {
        this.topic = topic;
        this.partition = partition;
        this.offset = offset;
        this.timestamp = timestamp;
        this.key = key;
        this.value = value;
        return this;
    }

    /** Index into the list of topics the source was made with. */
    public int topic() {
        return topic;
    }

    /** Partition within the topic. */
    public int partition() {
        return partition;
    }

    /** Offset within the partition. */
    public long offset() {
        return offset;
    }

    /** Kafka's record timestamp: milliseconds since the epoch, or -1 when there is none. */
    public long timestamp() {
        return timestamp;
    }

    /** The key's bytes, or null when the record has no key. */
    public byte[] key() {
        return key;
    }

    /** The value's bytes, or null for a tombstone. */
    public byte[] value() {
        return value;
    }

    @Override
    public String toString() {
        return "RawRecord[topic " + topic + ", partition " + partition + ", offset " + offset + ", "
                + (value == null ? "no value" : value.length + " bytes") + "]";
    }
}
