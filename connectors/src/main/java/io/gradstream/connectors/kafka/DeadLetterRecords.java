package io.gradstream.connectors.kafka;

import io.gradstream.connectors.records.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Dead letters in Kafka: key and value are the bytes of the record that could not be used, and headers say the rest, with
 * Kafka Connect's names where it has one. Header values are UTF-8 text.
 */
public final class DeadLetterRecords {
    /** Topic the record lay in. */
    public static final String TOPIC = "__connect.errors.topic";
    /** Partition the record lay in. */
    public static final String PARTITION = "__connect.errors.partition";
    /** Offset of the record. */
    public static final String OFFSET = "__connect.errors.offset";
    /** One sentence for people. */
    public static final String MESSAGE = "__connect.errors.exception.message";
    /** A stable code in kebab-case. */
    public static final String REASON = "gradstream.reason";
    /** Kafka's timestamp of the record, in milliseconds since the epoch. */
    public static final String TIMESTAMP = "gradstream.timestamp";
    /** Only when key and value were too large for the topic: their lengths, as {@code KEY,VALUE}; they are cut. */
    public static final String CUT = "gradstream.cut";

    private static final int LONGEST_MESSAGE = 1000;
    private static final int HEADERS_AND_FRAMING = 8 * 1024;

    private DeadLetterRecords() {}

    static ProducerRecord<byte[], byte[]> toRecord(String topic, DeadLetter letter, int maxRecordBytes) {
        byte[] key = letter.key();
        byte[] value = letter.value();
        int room = Math.max(0, maxRecordBytes - HEADERS_AND_FRAMING);
        boolean cut = (long) length(key) + length(value) > room;
        if (cut) {
            key = shorten(key, room / 2);
            value = shorten(value, room - length(key));
        }
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, key, value);
        Headers headers = record.headers();
        add(headers, REASON, letter.reason());
        add(headers, MESSAGE, abridge(letter.message()));
        add(headers, TOPIC, letter.topic());
        add(headers, PARTITION, Integer.toString(letter.partition()));
        add(headers, OFFSET, Long.toString(letter.offset()));
        add(headers, TIMESTAMP, Long.toString(letter.timestamp()));
        if (cut) {
            add(headers, CUT, length(letter.key()) + "," + length(letter.value()));
        }
        return record;
    }

    /**
     * Reads a dead letter from its topic.
     *
     * @throws IllegalArgumentException if a header is missing or not a number where one is wanted
     */
    public static DeadLetter read(ConsumerRecord<byte[], byte[]> record) {
        Headers headers = record.headers();
        return new DeadLetter(
                text(headers, REASON),
                text(headers, MESSAGE),
                text(headers, TOPIC),
                Integer.parseInt(text(headers, PARTITION)),
                Long.parseLong(text(headers, OFFSET)),
                Long.parseLong(text(headers, TIMESTAMP)),
                record.key(),
                record.value());
    }

    private static String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        if (header == null) {
            throw new IllegalArgumentException("not a dead letter: it has no header '" + name + "'");
        }
        return new String(header.value(), StandardCharsets.UTF_8);
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static String abridge(String message) {
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "…";
    }

    private static int length(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static byte[] shorten(byte[] bytes, int longest) {
        return length(bytes) <= longest ? bytes : Arrays.copyOf(bytes, longest);
    }
}
