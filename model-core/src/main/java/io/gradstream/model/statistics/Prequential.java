package io.gradstream.model.statistics;

import io.gradstream.model.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Prequential evaluation: test, then learn (Dawid 1984; Gama, Sebastião and Rodrigues 2013). Every labelled example is judged on the
 * score it was served with, over all of the stream and over tumbling windows, beside two baselines served at the same moment.
 *
 * <p>When an example is scored, {@link #majorityNow()} and {@link #lastNow()} are kept with the score. When its outcome becomes known,
 * {@link #add} judges what was kept and {@link #known} then tells the baselines, in this order, once each.
 *
 * <p>Names of the metrics: {@link Report#names()}; equations: docs/evaluation.md. A metric that is not defined yet has the value that
 * knows least: 1/2 for the AUC (with an error of 1/2), 0 for all others; none is ever NaN. Sums are doubles, added in the order of the
 * calls, so that equal calls give equal bits.
 *
 * <p>State: magic {@code GSPQ}, version 1, task, classes, window, baselines, the sums of everything and of the open window, the last
 * window's metrics, CRC-32C of all that.
 */
public final class Prequential {
    /** More classes than this cannot be evaluated. */
    public static final int MOST_CLASSES = 1 << 20;

    private static final String UNUSABLE = "unusable-scores";
    private static final long MAGIC = 'G' | 'S' << 8 | 'P' << 16 | (long) 'Q' << 24;
    private static final int VERSION = 1;

    private final Task task;
    private final int classes;
    private final Baselines baselines;
    private final Tally all;
    private final Tally open;
    private final List<String> names;
    // Metrics of the last window that was filled, the last of them the scores that were not usable.
    private final double[] lastWindow;
    private final double[] scratch;

    private int window;
    private long examples;
    private long unusable;
    private int inWindow;
    private int unusableInWindow;
    private int lastWindowExamples;

    private Prequential(Task task, int classes, int window) {
        this.task = task;
        this.classes = classes;
        this.window = window;
        this.baselines = new Baselines(classes);
        this.all = tally(task, classes);
        this.open = tally(task, classes);
        List<String> withUnusable = new ArrayList<>(all.names());
        withUnusable.add(UNUSABLE);
        this.names = List.copyOf(withUnusable);
        this.lastWindow = new double[names.size()];
        this.scratch = new double[names.size()];
        open.metrics(lastWindow);
    }

    private static Tally tally(Task task, int classes) {
        return switch (task) {
            case BINARY -> ClassTally.binary();
            case MULTICLASS -> ClassTally.multiclass(classes);
            case REGRESSION -> new ValueTally();
        };
    }

    /**
     * An empty evaluation.
     *
     * @param classes for MULTICLASS how many, from 2; ignored for the other tasks
     * @param window labelled examples of a window, from 1
     */
    public static Prequential create(Task task, int classes, int window) {
        requireWindow(window);
        if (task == Task.MULTICLASS && (classes < 2 || classes > MOST_CLASSES)) {
            throw new IllegalArgumentException("classes must be 2 to " + MOST_CLASSES + ", were " + classes);
        }
        return new Prequential(task, classesOf(task, classes), window);
    }

    private static void requireWindow(int window) {
        if (window < 1) {
            throw new IllegalArgumentException("window must be at least 1, was " + window);
        }
    }

    private static int classesOf(Task task, int classes) {
        return switch (task) {
            case BINARY -> 2;
            case MULTICLASS -> classes;
            case REGRESSION -> 0;
        };
    }

    /** What the majority baseline predicts now: the class that came most often, the lower on a tie; for REGRESSION the mean. 0 before any outcome. */
    public float majorityNow() {
        return baselines.majority();
    }

    /** What the last-outcome baseline predicts now: the outcome that became known last; 0 before any. */
    public float lastNow() {
        return baselines.last();
    }

    /**
     * An outcome became known: the baselines learn it.
     *
     * @param target 0 or 1; a class; a finite value. Else IllegalArgumentException
     */
    public void known(float target) {
        requireTarget(target);
        baselines.known(target);
    }

    /**
     * Judges one served score. Allocates nothing. Scores that are not finite (of a model that has diverged) or no probabilities where they should be are counted in
     * {@code unusable-scores} and in no other metric; they count as examples.
     *
     * @param served the scores from {@code at}: the probability of 1; a probability for each class; a value
     * @param target as for {@link #known}
     * @param majorityServed {@link #majorityNow()} when the example was scored
     * @param lastServed {@link #lastNow()} when the example was scored
     */
    public void add(float[] served, int at, float target, float majorityServed, float lastServed) {
        requireTarget(target);
        if (inWindow == window) {
            open.clear();
            inWindow = 0;
            unusableInWindow = 0;
        }
        examples++;
        inWindow++;
        if (usable(served, at)) {
            double loss = all.loss(served, at, target);
            all.add(served, at, target, loss, majorityServed, lastServed);
            open.add(served, at, target, loss, majorityServed, lastServed);
        } else {
            unusable++;
            unusableInWindow++;
        }
        if (inWindow == window) {
            open.metrics(lastWindow);
            lastWindow[lastWindow.length - 1] = unusableInWindow;
            lastWindowExamples = window;
        }
    }

    private void requireTarget(float target) {
        boolean possible = task == Task.REGRESSION
                ? Float.isFinite(target)
                : target >= 0 && target < classes && target == (int) target;
        if (!possible) {
            throw new IllegalArgumentException("the outcome " + target + " is impossible for " + task
                    + (classes == 0 ? "" : " with " + classes + " classes"));
        }
    }

    /** Whether scores are finite, and probabilities 0 to 1. */
    private boolean usable(float[] served, int at) {
        int scores = task == Task.MULTICLASS ? classes : 1;
        boolean usable = true;
        for (int i = at; i < at + scores; i++) {
            usable &= task == Task.REGRESSION ? Float.isFinite(served[i]) : served[i] >= 0 && served[i] <= 1;
        }
        return usable;
    }

    /** Whether the last {@link #add} filled a window. */
    public boolean windowClosed() {
        return inWindow == window;
    }

    /**
     * Goes on with windows of this length. If it is another one the open window begins anew; what is over everything stays, and the last
     * window that was filled does until the next is.
     */
    public void useWindow(int length) {
        requireWindow(length);
        if (length != window) {
            window = length;
            open.clear();
            inWindow = 0;
            unusableInWindow = 0;
        }
    }

    /** Labelled examples judged so far. */
    public long examples() {
        return examples;
    }

    /** Over everything so far. */
    public Report all() {
        all.metrics(scratch);
        scratch[scratch.length - 1] = unusable;
        return report(scratch, examples);
    }

    /** Over the last window that was filled; of 0 examples before the first. */
    public Report lastWindow() {
        return report(lastWindow, lastWindowExamples);
    }

    private Report report(double[] values, long over) {
        return new Report(names, Arrays.stream(values).boxed().toList(), over);
    }

    /** The whole state, checksummed. */
    public byte[] state() {
        StateOutput out = new StateOutput();
        out.bits(MAGIC, 4);
        out.bits(VERSION, 1);
        out.bits(code(task), 1);
        out.count(classes);
        out.count(window);
        baselines.write(out);
        all.write(out);
        open.write(out);
        out.numbers(lastWindow);
        out.count(examples);
        out.count(unusable);
        out.count(inWindow);
        out.count(unusableInWindow);
        out.count(lastWindowExamples);
        return out.checksummed();
    }

    /**
     * Goes on where {@link #state()} was taken, to the bit.
     *
     * @throws UnreadableStateException if the bytes are torn, altered or of an unknown version
     */
    public static Prequential read(byte[] state) {
        StateInput in = new StateInput(state);
        if (in.bits(4) != MAGIC) {
            throw in.broken("does not start with GSPQ");
        }
        long version = in.bits(1);
        if (version != VERSION) {
            throw in.broken("is of version " + version + ", this reads version " + VERSION);
        }
        long code = in.bits(1);
        Task task = Arrays.stream(Task.values())
                .filter(each -> code(each) == code)
                .findFirst()
                .orElseThrow(() -> in.broken("is of the unknown task " + code));
        int classes = in.count(0, MOST_CLASSES);
        if (classes != classesOf(task, classes) || task == Task.MULTICLASS && classes < 2) {
            throw in.broken("is of the task " + task + " with " + classes + " classes");
        }
        Prequential evaluation = new Prequential(task, classes, in.count(1, Integer.MAX_VALUE));
        evaluation.restore(in);
        in.end();
        return evaluation;
    }

    /** In bytes that are read for ever. */
    private static char code(Task task) {
        return switch (task) {
            case BINARY -> 'B';
            case MULTICLASS -> 'M';
            case REGRESSION -> 'R';
        };
    }

    private void restore(StateInput in) {
        baselines.read(in);
        all.read(in);
        open.read(in);
        in.numbers(lastWindow);
        examples = in.count();
        unusable = in.count();
        inWindow = in.count(0, window);
        unusableInWindow = in.count(0, inWindow);
        lastWindowExamples = in.count(0, Integer.MAX_VALUE);
    }
}
