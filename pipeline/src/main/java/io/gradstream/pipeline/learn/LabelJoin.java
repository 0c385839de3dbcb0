package io.gradstream.pipeline.learn;

import io.gradstream.pipeline.examples.Example;
import io.gradstream.pipeline.examples.Label;
import io.gradstream.pipeline.learn.Entry.Kind;
import io.gradstream.pipeline.learn.MicroBatch.Then;

/**
 * Brings each event together with its label, whichever comes first, and learns it once. One thread, no Flink.
 *
 * <p>An event waits from its own time on for {@code wait}, ends included; a label later than that is late, whatever the clock
 * says. The clock (event time, driven by the operator) only tells when nothing more can come. The life of an id:
 *
 * <pre>
 *   event  ──▶ PENDING ── label ──▶ LEARNED ── wait over ──▶ gone
 *              PENDING ── wait over ──▶ EXPIRED ── as long again ──▶ gone        (learned with the default, if there is one)
 *   label  ──▶ EARLY ── event ──▶ LEARNED ── wait from the later of the two over ──▶ gone
 *              EARLY ── wait over ──▶ gone: unmatched
 *
 *   label on LEARNED or EARLY: duplicate      label on EXPIRED, or already older than the wait: late
 *   event on PENDING, LEARNED or EXPIRED: scored again, marked as a duplicate, not learned again
 *   event of no entry whose wait is over: scored, and EXPIRED at once; not even the default is learned, since its label may have
 *   come and gone
 * </pre>
 */
final class LabelJoin {

    private final LearnCore core;
    private final Counters counters;
    private final EntryStore store;
    private final Rules rules;
    private final UnusualRows unusual;
    private final Entry entry = new Entry();
    private final DefaultLabels defaults;
    private long clock = Long.MIN_VALUE;
    private long waking = Long.MIN_VALUE;

    /** Time of the earliest event that will be kept but has not been scored, and so is not to be woken yet. */
    private long earliest = Long.MAX_VALUE;

    /**
     * @param waitMillis how long an event waits for its label, and a label for its event, in ms of event time
     * @param byDefault target to learn when no label came; NaN: none
     * @param maxWaiting events and early labels that are kept at once
     */
    record Rules(long waitMillis, float byDefault, long maxWaiting) {

        boolean hasDefault() {
            return !Float.isNaN(byDefault);
        }
    }

    LabelJoin(LearnCore core, UnusualRows unusual, EntryStore store, Rules rules) {
        this.core = core;
        this.counters = unusual.counters();
        this.store = store;
        this.rules = rules;
        this.unusual = unusual;
        this.defaults = new DefaultLabels(core, this.counters, rules.byDefault());
        core.keepWith(this::keep);
    }

    /** An event: scored, and learned or kept. */
    void event(Example example) throws StateException {
        if (core.holds(example.id)) {
            scoreAgain(example);
            return;
        }
        store.use(example.id);
        byte[] bytes = store.get();
        if (bytes == null) {
            scoreAndWait(example);
        } else if (Entry.kind(bytes) == Kind.EARLY) {
            meetEarlyLabel(example, bytes);
        } else {
            scoreAgain(example);
        }
    }

    /** A label: learned if its event waits for it, kept if its event may still come. */
    void label(Label label) throws StateException {
        if (core.holds(label.id)) {
            core.flush();
        }
        store.use(label.id);
        byte[] bytes = store.get();
        if (bytes == null) {
            waitForEvent(label);
            return;
        }
        switch (Entry.kind(bytes)) {
            case PENDING -> meetEvent(label, bytes);
            case EARLY, LEARNED -> unusual.duplicateLabel(label);
            case EXPIRED -> unusual.late(label, rules.waitMillis());
        }
    }

    /**
     * To be called before the {@link #wake}s of a time, which come in ascending order. The clock may go far at once, when labels come back
     * after an outage, and then all that waited falls due: default labels are learned time by time, so that they are not all in memory.
     */
    void beforeWake(long at) throws StateException {
        if (at > waking) {
            waking = at;
            defaults.learn();
        }
    }

    /** The clock has reached a time that was asked for with {@link EntryStore#wakeAt}; the store is at its id. */
    void wake(long at) throws StateException {
        byte[] bytes = store.get();
        if (bytes == null) {
            return;
        }
        Kind kind = Entry.kind(bytes);
        long until = Entry.until(bytes, rules.waitMillis());
        if (until > at) {
            store.wakeAt(until);
            return;
        }
        switch (kind) {
            case PENDING -> expire(bytes, until);
            case EARLY -> {
                counters.subtract(LearnCount.EARLY);
                unusual.unmatched(rules.waitMillis());
                store.clear();
            }
            case LEARNED, EXPIRED -> store.clear();
        }
    }

    /** To be called before the clock goes on to {@code time}: what falls due by then must have been scored and kept. */
    void beforeClock(long time) throws StateException {
        if (earliest != Long.MAX_VALUE && saturatedAdd(earliest, rules.waitMillis()) <= time) {
            core.flush();
        }
    }

    /**
     * The clock stands at {@code time}, and {@link #wake} was called for all that was due by then. Default labels that are left are
     * learned now, in an order that does not depend on that of the calls.
     */
    void clock(long time) throws StateException {
        clock = time;
        defaults.learn();
    }

    /** Where the clock stood when the state was written. */
    void restoreClock(long time) {
        clock = time;
    }

    private void scoreAndWait(Example example) throws StateException {
        if (saturatedAdd(example.time, rules.waitMillis()) <= clock) {
            tooLate(example);
        } else if (counters.get(LearnCount.WAITING) + counters.get(LearnCount.EARLY) < rules.maxWaiting()) {
            counters.add(LearnCount.WAITING);
            earliest = Math.min(earliest, example.time);
            core.score(example, Then.KEEP, false);
        } else {
            unusual.notKept(rules.maxWaiting());
            core.score(example, Then.FORGET, false);
        }
    }

    /** Nothing is known of its label: it may have been here, and may have been learned with an earlier event of this id. */
    private void tooLate(Example example) throws StateException {
        long until = saturatedAdd(example.time, rules.waitMillis());
        unusual.tooLate(example, clock - until);
        long gone = saturatedAdd(until, rules.waitMillis());
        if (gone > clock) {
            store.put(Entry.tombstone(Kind.EXPIRED, gone));
            store.wakeAt(gone);
        }
        core.score(example, Then.FORGET, false);
    }

    private void scoreAgain(Example example) throws StateException {
        unusual.duplicateEvent(example);
        core.score(example, Then.FORGET, true);
    }

    private void keep(MicroBatch rows, int row, long version) throws StateException {
        earliest = Long.MAX_VALUE;
        store.use(rows.key(row));
        store.put(Entry.pending(rows, row, version));
        store.wakeAt(saturatedAdd(rows.time(row), rules.waitMillis()));
    }

    private void meetEarlyLabel(Example example, byte[] bytes) throws StateException {
        entry.readEarly(bytes);
        counters.subtract(LearnCount.EARLY);
        long until = saturatedAdd(example.time, rules.waitMillis());
        if (entry.time > until) {
            unusual.late(example, rules.waitMillis());
            store.clear();
            scoreAndWait(example);
            return;
        }
        learned(saturatedAdd(Math.max(entry.time, example.time), rules.waitMillis()));
        core.scoreAndLearn(example, false, entry.value, Math.max(entry.time, example.time));
    }

    private void meetEvent(Label label, byte[] bytes) throws StateException {
        long until = saturatedAdd(Entry.time(bytes), rules.waitMillis());
        if (label.time > until) {
            unusual.late(label, rules.waitMillis());
            return;
        }
        entry.readPending(bytes);
        counters.subtract(LearnCount.WAITING);
        counters.add(LearnCount.LEARNED);
        learned(until);
        core.learn(entry, label.value, label.time);
    }

    private void waitForEvent(Label label) throws StateException {
        long until = saturatedAdd(label.time, rules.waitMillis());
        if (until <= clock) {
            unusual.late(label, rules.waitMillis());
        } else if (counters.get(LearnCount.WAITING) + counters.get(LearnCount.EARLY) >= rules.maxWaiting()) {
            unusual.notKept(rules.maxWaiting());
            counters.add(LearnCount.UNMATCHED_LABELS);
        } else {
            counters.add(LearnCount.EARLY);
            store.put(Entry.early(label));
            store.wakeAt(until);
        }
    }

    private void expire(byte[] bytes, long until) throws StateException {
        counters.subtract(LearnCount.WAITING);
        long gone = saturatedAdd(until, rules.waitMillis());
        store.put(Entry.tombstone(Kind.EXPIRED, gone));
        store.wakeAt(gone);
        if (rules.hasDefault()) {
            defaults.add(bytes, until);
        } else {
            unusual.expired(bytes, rules.waitMillis());
        }
    }

    /** What waited here, the event or the label, will be woken; {@link #wake} sees then whether it is time to go. */
    private void learned(long until) throws StateException {
        store.put(Entry.tombstone(Kind.LEARNED, until));
    }

    /** A time that is later by a wait, at most the end of time. */
    static long saturatedAdd(long time, long wait) {
        long sum = time + wait;
        return sum < time ? Long.MAX_VALUE : sum;
    }
}
