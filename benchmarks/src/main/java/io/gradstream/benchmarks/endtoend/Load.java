package io.gradstream.benchmarks.endtoend;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/**
 * Records of 40 numbers and a label, in Avro: {@code id} long, {@code time} timestamp-millis, {@code label} float,
 * {@code x00} to {@code x39} float. The label follows a linear rule with noise.
 */
final class Load {
    static final int NUMBERS = 40;

    private final Random random = new Random(7);
    private final float[] rule = new float[NUMBERS];
    private final float[] row = new float[NUMBERS];
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    private BinaryEncoder encoder;

    Load() {
        for (int i = 0; i < NUMBERS; i++) {
            rule[i] = (float) random.nextGaussian() / 3;
        }
    }

    static String schema() {
        StringBuilder fields = new StringBuilder();
        for (int i = 0; i < NUMBERS; i++) {
            fields.append(",{\"name\":\"").append(name(i)).append("\",\"type\":\"float\"}");
        }
        return "{\"type\":\"record\",\"name\":\"Forty\",\"fields\":[{\"name\":\"id\",\"type\":\"long\"},"
                + "{\"name\":\"time\",\"type\":{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}},"
                + "{\"name\":\"label\",\"type\":\"float\"}" + fields + "]}";
    }

    static String name(int number) {
        return number < 10 ? "x0" + number : "x" + number;
    }

    /** The next record's bytes. */
    byte[] next(long id, long time) throws IOException {
        double logit = random.nextGaussian() / 2;
        for (int i = 0; i < NUMBERS; i++) {
            row[i] = (float) random.nextGaussian();
            logit += rule[i] * row[i];
        }
        bytes.reset();
        encoder = EncoderFactory.get().binaryEncoder(bytes, encoder);
        encoder.writeLong(id);
        encoder.writeLong(time);
        encoder.writeFloat(logit > 0 ? 1 : 0);
        for (float number : row) {
            encoder.writeFloat(number);
        }
        encoder.flush();
        return bytes.toByteArray();
    }
}
