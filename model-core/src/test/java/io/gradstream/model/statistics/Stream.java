package io.gradstream.model.statistics;

import io.gradstream.model.Task;
import java.util.Random;

/** Labelled examples as served, made up from a seed: scores that know something, baselines of any value. */
record Stream(Task task, int classes, float[][] served, float[] targets, float[] majority, float[] last) {
    static Stream of(Task task, int classes, int examples, long seed) {
        Random random = new Random(seed);
        float[][] served = new float[examples][];
        float[] targets = new float[examples];
        float[] majority = new float[examples];
        float[] last = new float[examples];
        for (int i = 0; i < examples; i++) {
            targets[i] = target(task, classes, random);
            majority[i] = target(task, classes, random);
            last[i] = target(task, classes, random);
            served[i] = served(task, classes, targets[i], random);
        }
        return new Stream(task, classes, served, targets, majority, last);
    }

    private static float target(Task task, int classes, Random random) {
        return switch (task) {
            case BINARY -> random.nextInt(4) == 0 ? 1 : 0;
            case MULTICLASS -> Math.min(random.nextInt(classes), random.nextInt(classes));
            case REGRESSION -> (float) (50 + 20 * random.nextGaussian());
        };
    }

    private static float[] served(Task task, int classes, float target, Random random) {
        if (task == Task.REGRESSION) {
            return new float[] {target + (float) random.nextGaussian() * 10};
        }
        if (task == Task.BINARY) {
            double logit = 1.5 * target - 2 + 2 * random.nextGaussian();
            return new float[] {(float) (1 / (1 + Math.exp(-logit)))};
        }
        float[] scores = new float[classes];
        float sum = 0;
        for (int each = 0; each < classes; each++) {
            scores[each] = (float) Math.exp(random.nextGaussian() + (each == target ? 1 : 0));
            sum += scores[each];
        }
        for (int each = 0; each < classes; each++) {
            scores[each] /= sum;
        }
        return scores;
    }

    int size() {
        return targets.length;
    }

    void add(int i, Prequential to) {
        to.add(served[i], 0, targets[i], majority[i], last[i]);
        to.known(targets[i]);
    }

    Prequential addAll(int from, int end, Prequential to) {
        for (int i = from; i < end; i++) {
            add(i, to);
        }
        return to;
    }
}
