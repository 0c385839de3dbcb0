package io.gradstream.pipeline.learn;

import io.gradstream.model.spec.Json;
import io.gradstream.pipeline.learn.LearnCore.Moments;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Everything of the learning operator that is not kept per id, as one sequence of bytes, which {@link StateFrames} cuts.
 *
 * <pre>
 * magic "GSLS" (4) | format version (4) | number of sections (4) | sections: name (UTF), length (4), bytes
 * </pre>
 *
 * A section with an unknown name is an error: state that is silently dropped is state that is lost.
 *
 * @param learner the whole learner, as a snapshot
 * @param guard of the learner's steps; empty where there is none, and in older checkpoints
 * @param evaluation the evaluation's state
 * @param moments when things last happened
 * @param clocks how far event time has come
 * @param counters by key
 * @param offsets highest processed of each partition
 * @param held in older checkpoints rows that wait for the watermark, one after the other; else empty
 * @param heldSeal of the {@link HeldChunks} that these rows are in now; empty where there are none, and in older checkpoints
 * @param newestLabels of each partition of the labels, where they are joined; empty in older checkpoints
 * @param topics names by topic index; empty in older checkpoints
 * @param ids remembered ids, where no join keeps them; may be empty, and is in older checkpoints
 * @param settings {@link Settings#of} the pipeline; empty in older checkpoints
 * @param timers whether timers of Flink wake the join's entries, as they do in older checkpoints
 */
record LearnState(
        byte[] learner,
        byte[] guard,
        byte[] evaluation,
        Moments moments,
        Clocks clocks,
        Map<String, Long> counters,
        Highest offsets,
        Highest newestLabels,
        List<String> topics,
        byte[] held,
        byte[] heldSeal,
        byte[] ids,
        Map<String, String> settings,
        boolean timers) {

    private static final int MAGIC = 0x47534c53;
    private static final int VERSION = 1;
    /** The longest array that every JVM has. */
    private static final int MOST = Integer.MAX_VALUE - 8;

    /**
     * How far event time has come; {@link Long#MIN_VALUE}: it has not begun.
     *
     * @param timers timers up to here have fired
     * @param ordered rows up to here have been processed, in event-time order
     * @param labels the label input's own watermark, without that of its end
     * @param newestLabel the newest label's time
     */
    record Clocks(long timers, long ordered, long labels, long newestLabel) {
        static final Clocks START = new Clocks(Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE);
    }

    /** Whether labels came apart from their events; where {@link #settings} are not known, whether anything of them is here. */
    boolean labelsApart() {
        return settings.isEmpty()
                ? clocks.newestLabel() != Long.MIN_VALUE
                        || newestLabels.size() > 0
                        || counters.getOrDefault(LearnCount.WAITING.key(), 0L) > 0
                        || counters.getOrDefault(LearnCount.EARLY.key(), 0L) > 0
                : Settings.labelsApart(settings);
    }

    /** Whether labels came in their events; where {@link #settings} are not known, whether anything is here that only is here then. */
    boolean labelsInEvents() {
        return settings.isEmpty()
                ? held.length > 0 || ids.length > 0 || HeldChunks.many(heldSeal) > 0
                : !Settings.labelsApart(settings);
    }

    byte[] write() {
        long size = 4096L + learner.length + guard.length + evaluation.length + held.length + ids.length;
        if (size > MOST) {
            throw new IllegalStateException("the learner's state has " + size + " bytes, of them " + learner.length
                    + " of the model and " + guard.length + " of its last good version; a checkpoint can hold " + MOST);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) size);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(MAGIC);
            out.writeInt(VERSION);
            out.writeInt(14);
            section(out, "learner", learner);
            section(out, "guard", guard);
            section(out, "evaluation", evaluation);
            section(
                    out,
                    "moments",
                    longs(
                            moments.lastStepTime(),
                            moments.lastLabelTime(),
                            moments.snapshotVersion(),
                            moments.snapshotTime()));
            section(out, "clocks", longs(clocks.timers(), clocks.ordered(), clocks.labels(), clocks.newestLabel()));
            section(out, "counters", writeCounters(counters));
            section(out, "offsets", writeHighest(offsets));
            section(out, "newest-labels", writeHighest(newestLabels));
            section(out, "topics", writeNames(topics));
            section(out, "held", held);
            section(out, "held-seal", heldSeal);
            section(out, "ids", ids);
            section(out, "settings", Json.write(settings).getBytes(StandardCharsets.UTF_8));
            section(out, "timers", new byte[] {(byte) (timers ? 1 : 0)});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static LearnState read(byte[] bytes) throws StateException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int magic = in.readInt();
            int version = in.readInt();
            if (magic != MAGIC || version != VERSION) {
                throw new StateException("the checkpoint's state of the learner has format version " + version
                        + "; this program reads version " + VERSION
                        + ". Restore it with the program that wrote it or a newer one");
            }
            Map<String, byte[]> sections = new LinkedHashMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                String name = in.readUTF();
                int length = in.readInt();
                if (length < 0 || length > in.available()) {
                    throw new StateException("the checkpoint's state of the learner is cut short in '" + name + "'");
                }
                sections.put(name, in.readNBytes(length));
            }
            LearnState state = new LearnState(
                    take(sections, "learner"),
                    Objects.requireNonNullElse(sections.remove("guard"), new byte[0]),
                    take(sections, "evaluation"),
                    readMoments(take(sections, "moments")),
                    readClocks(take(sections, "clocks")),
                    readCounters(take(sections, "counters")),
                    readHighest(take(sections, "offsets")),
                    readHighest(sections.remove("newest-labels")),
                    readNames(sections.remove("topics")),
                    take(sections, "held"),
                    Objects.requireNonNullElse(sections.remove("held-seal"), new byte[0]),
                    Objects.requireNonNullElse(sections.remove("ids"), new byte[0]),
                    readSettings(sections.remove("settings")),
                    readFlag(sections.remove("timers")));
            if (!sections.isEmpty()) {
                throw new StateException("the checkpoint's state of the learner has parts this program does not know: "
                        + sections.keySet() + ". Restore it with the program that wrote it or a newer one");
            }
            return state;
        } catch (IOException e) {
            throw new StateException("the checkpoint's state of the learner is damaged: " + e.getMessage(), e);
        }
    }

    private static byte[] take(Map<String, byte[]> sections, String name) throws StateException {
        byte[] bytes = sections.remove(name);
        if (bytes == null) {
            throw new StateException("the checkpoint's state of the learner lacks its part '" + name + "'");
        }
        return bytes;
    }

    private static void section(DataOutputStream out, String name, byte[] bytes) throws IOException {
        out.writeUTF(name);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] longs(long... values) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (long value : values) {
            out.writeLong(value);
        }
        return bytes.toByteArray();
    }

    private static Moments readMoments(byte[] bytes) throws IOException {
        DataInputStream in = in(bytes);
        return new Moments(in.readLong(), in.readLong(), in.readLong(), in.readLong());
    }

    private static Clocks readClocks(byte[] bytes) throws IOException {
        DataInputStream in = in(bytes);
        return new Clocks(in.readLong(), in.readLong(), in.readLong(), in.readLong());
    }

    private static byte[] writeCounters(Map<String, Long> counters) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(counters.size());
        for (Map.Entry<String, Long> counter : counters.entrySet()) {
            out.writeUTF(counter.getKey());
            out.writeLong(counter.getValue());
        }
        return bytes.toByteArray();
    }

    private static Map<String, Long> readCounters(byte[] bytes) throws IOException {
        DataInputStream in = in(bytes);
        Map<String, Long> counters = new LinkedHashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            counters.put(in.readUTF(), in.readLong());
        }
        return counters;
    }

    private static byte[] writeHighest(Highest highest) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(highest.size());
        highest.forEach((partition, number) -> {
            try {
                out.writeInt(partition[0]);
                out.writeInt(partition[1]);
                out.writeLong(number);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return bytes.toByteArray();
    }

    private static byte[] writeNames(List<String> names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(names.size());
        for (String name : names) {
            out.writeUTF(name);
        }
        return bytes.toByteArray();
    }

    private static List<String> readNames(byte[] bytes) throws IOException {
        List<String> names = new ArrayList<>();
        if (bytes != null) {
            DataInputStream in = in(bytes);
            for (int left = in.readInt(); left > 0; left--) {
                names.add(in.readUTF());
            }
        }
        return names;
    }

    private static Highest readHighest(byte[] bytes) throws IOException {
        Highest highest = new Highest();
        if (bytes == null) {
            return highest;
        }
        DataInputStream in = in(bytes);
        for (int left = in.readInt(); left > 0; left--) {
            highest.raise(in.readInt(), in.readInt(), in.readLong());
        }
        return highest;
    }

    private static Map<String, String> readSettings(byte[] json) {
        Map<String, String> settings = new LinkedHashMap<>();
        if (json != null) {
            ((Map<?, ?>) Json.read(new String(json, StandardCharsets.UTF_8)))
                    .forEach((key, value) -> settings.put((String) key, (String) value));
        }
        return settings;
    }

    private static boolean readFlag(byte[] bytes) {
        return bytes == null || bytes[0] != 0;
    }

    private static DataInputStream in(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }
}
