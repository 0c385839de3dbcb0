package io.gradstream.pipeline.learn;

import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.examples.Example;
import io.gradstream.pipeline.examples.Incoming;
import io.gradstream.pipeline.examples.Label;
import java.util.ArrayList;
import java.util.List;

/**
 * Topics are numbers in rows and in state: those of the pipeline's events, then those of its labels, as it lists them. A checkpoint has the
 * names too, so what it holds is found again when the list has changed. A topic that is no longer read keeps a number behind all others.
 */
final class TopicNames {

    private final List<String> names;
    private final int read;

    /** The number that each of the checkpoint's topics has now. */
    private final int[] now;

    /** @param before names by the checkpoint's numbers; empty if there is none, or if it is older than the names: numbers stay */
    TopicNames(Pipeline pipeline, List<String> before) {
        names = new ArrayList<>(pipeline.events().topics());
        if (!pipeline.labelInEvent()) {
            names.addAll(pipeline.labels().input().topics());
        }
        read = names.size();
        now = new int[before.size()];
        for (int i = 0; i < now.length; i++) {
            if (!names.contains(before.get(i))) {
                names.add(before.get(i));
            }
            now[i] = names.indexOf(before.get(i));
        }
    }

    /** By number. */
    List<String> all() {
        return names;
    }

    /** What was restored, by today's numbers. */
    Highest now(Highest before) {
        Highest mapped = new Highest();
        before.forEach((partition, number) -> mapped.raise(now(partition[0]), partition[1], number));
        return mapped;
    }

    /** The same without topics that are no longer read. */
    Highest nowRead(Highest before) {
        Highest mapped = new Highest();
        before.forEach((partition, number) -> {
            if (now(partition[0]) < read) {
                mapped.expect(now(partition[0]), partition[1]);
                mapped.raise(now(partition[0]), partition[1], number);
            }
        });
        return mapped;
    }

    /** A restored row with today's number. */
    Incoming now(Incoming row) {
        if (row instanceof Example example) {
            example.topic = now(example.topic);
        } else if (row instanceof Label label) {
            label.topic = now(label.topic);
        }
        return row;
    }

    /** A restored entry of the join with today's number; the same array if that is the one it has. */
    byte[] now(byte[] entry) throws StateException {
        if (!Entry.waits(entry)) {
            return entry;
        }
        int before = Entry.topic(entry);
        return now(before) == before ? entry : Entry.withTopic(entry, now(before));
    }

    /** Whether any topic of the checkpoint has another number now. */
    boolean moved() {
        for (int i = 0; i < now.length; i++) {
            if (now[i] != i) {
                return true;
            }
        }
        return false;
    }

    private int now(int before) {
        return before < now.length ? now[before] : before;
    }
}
