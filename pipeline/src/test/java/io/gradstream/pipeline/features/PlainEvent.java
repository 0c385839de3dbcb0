package io.gradstream.pipeline.features;

import io.gradstream.connectors.formats.Field;
import io.gradstream.connectors.formats.FieldType;
import io.gradstream.connectors.formats.FieldValues;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Random;

/** An event, any of whose values may be missing, and its row worked out in the plainest way. */
record PlainEvent(Double distance, Double price, Boolean weekend, String origin, String destination, Long time) {

    static PlainEvent random(Random random) {
        return new PlainEvent(
                random.nextInt(5) == 0 ? null : (double) (random.nextInt(3000) - 500),
                random.nextInt(5) == 0 ? null : random.nextGaussian() * 100,
                random.nextInt(5) == 0 ? null : random.nextBoolean(),
                random.nextInt(5) == 0 ? null : "A" + random.nextInt(300),
                random.nextInt(5) == 0 ? null : "a longer text, of more than 32 bytes: " + random.nextInt(300),
                random.nextInt(5) == 0 ? null : random.nextLong() >> 20);
    }

    void put(FieldValues values, List<Field> fields) {
        values.clear();
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            Object value = switch (field.path()) {
                case "distance" -> distance;
                case "price" -> price;
                case "weekend" -> weekend;
                case "origin" -> origin;
                case "destination" -> destination;
                case "time" -> time;
                default -> throw new AssertionError(field);
            };
            if (value == null) {
                continue;
            } else if (field.type() == FieldType.NUMBER) {
                values.setNumber(i, (Double) value);
            } else if (field.type() == FieldType.BOOLEAN) {
                values.setFlag(i, (Boolean) value);
            } else if (field.type() == FieldType.TEXT) {
                values.setText(i, (String) value);
            } else {
                values.setTime(i, (Long) value);
            }
        }
    }

    float[] numbers() {
        double angle = time == null ? Double.NaN : 2 * Math.PI * Math.floorMod(time, 86_400_000L) / 86_400_000.0;
        return new float[] {
            distance == null ? Float.NaN : distance.floatValue(),
            price == null ? Float.NaN : price.floatValue(),
            price == null ? Float.NaN : (float) (Math.signum(price) * StrictMath.log1p(Math.abs(price))),
            price == null ? 1 : 0,
            weekend == null ? Float.NaN : weekend ? 1 : 0,
            (float) StrictMath.sin(angle),
            (float) StrictMath.cos(angle)
        };
    }

    int[] ids() {
        ZonedDateTime utc = time == null ? null : Instant.ofEpochMilli(time).atZone(ZoneOffset.UTC);
        int interval = distance == null ? -1 : distance < 0 ? 0 : distance < 100 ? 1 : distance < 1000 ? 2 : 3;
        int hour = utc == null ? -1 : utc.getHour();
        int flag = weekend == null ? -1 : weekend ? 1 : 0;
        return new int[] {
            flag + 1,
            id(hash(origin), 100),
            id(hash(destination), 100),
            interval + 1,
            hour + 1,
            utc == null ? 0 : utc.getDayOfWeek().getValue(),
            utc == null ? 0 : utc.getMonthValue(),
            cross("origin-x-destination", 1 << 16, hash(origin), hash(destination)),
            cross("origin-x-hour-of-day", 1 << 16, hash(origin), hash(hour)),
            cross("destination-x-hour-of-day", 1 << 16, hash(destination), hash(hour)),
            cross("three", 77, hash(origin), hash(interval), hash(flag))
        };
    }

    private static long hash(String text) {
        byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
        return text == null ? 0 : Hashing.xxh64(bytes, 0, bytes.length);
    }

    private static long hash(int index) {
        return Hashing.mix(index + 1);
    }

    private static int id(long hash, int buckets) {
        return hash == 0 ? 0 : Hashing.id(hash, buckets);
    }

    private static int cross(String name, int buckets, long... parts) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        long hash = Hashing.xxh64(bytes, 0, bytes.length);
        boolean missing = true;
        for (long part : parts) {
            missing &= part == 0;
            hash = Hashing.mix(hash ^ part);
        }
        return missing ? 0 : Hashing.id(hash, buckets);
    }
}
