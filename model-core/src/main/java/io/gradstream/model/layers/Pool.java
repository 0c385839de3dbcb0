package io.gradstream.model.layers;

import io.gradstream.model.parameters.Parameter;
import io.gradstream.model.parameters.Shape;
import io.gradstream.model.spec.Default;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;
import java.util.Arrays;

/**
 * Makes one vector of the steps of a sequence. Steps behind a row's length are not looked at; a row without steps gives 0.
 *
 * <p>Attention is softmax(x q / √width) over the steps, and the sum of the steps with those weights; its query q is learned, or, with two
 * inputs, each row's own: the second input, as what a row's history is compared with in Zhou et al. 2018 (DIN).
 *
 * @param how what is made of the steps
 */
@Kind("pool")
@Doc("Makes one vector of the steps of a sequence.")
public record Pool(
        @Doc("What is made of the steps.") @Default("mean") How how) implements LayerSpec {
    /** What is made of the steps. */
    public enum How {
        /** Their mean. */
        @Doc("Their mean.")
        MEAN,
        /** The last one. */
        @Doc("The last one.")
        LAST,
        /** The largest of each column. */
        @Doc("The largest of each column.")
        MAX,
        /** Their mean, weighted by how well they fit a query. */
        @Doc("Their mean, weighted by how well they fit a query, which is learned or the second input.")
        ATTENTION
    }

    /** Their mean. */
    public Pool() {
        this(How.MEAN);
    }

    @Override
    public Declared declare(Site site) {
        boolean given = how == How.ATTENTION && site.inputs().size() == 2;
        Shape in;
        if (given) {
            in = Sequences.sequence(site, 0);
            Shape query = site.numbers(1).shape();
            if (!query.equals(Shape.of(in.last()))) {
                throw site.wrong("a query as wide as a step, (" + in.last() + ")", query.toString());
            }
        } else {
            Sequences.width(site, 1);
            in = Sequences.sequence(site, 0);
        }
        boolean learned = how == How.ATTENTION && !given;
        Parameter query =
                learned ? site.parameter("query", Init.XAVIER_UNIFORM.filling(in.last(), 1), in.last()) : null;
        return site.output(Shape.of(in.last()), room -> switch (how) {
            case MEAN, LAST, MAX -> new Pooled(how, room);
            case ATTENTION -> new PooledByAttention(query, room);
        });
    }

    /** Mean, last and largest. */
    private static final class Pooled implements Layer {
        private final How how;
        private final Input in;
        private final Value out;
        private final int steps;
        private final int width;
        /** For each row and column: the step that had the largest value. */
        private final int[] largest;

        Pooled(How how, Room room) {
            this.how = how;
            this.in = room.inputs().get(0);
            this.out = room.output();
            this.steps = in.shape().dim(0);
            this.width = in.shape().last();
            this.largest = room.ints(how == How.MAX ? (long) width * room.capacity() : 0);
        }

        private int length(int row) {
            return in.lengths() == null ? steps : in.lengths()[row];
        }

        /** out (batch, width) from in (batch, steps, width) */
        @Override
        public void forward(Pass pass) {
            float[] x = in.data();
            float[] y = out.data();
            for (int row = 0; row < pass.batch(); row++) {
                int length = length(row);
                int at = row * steps * width;
                int to = row * width;
                if (length == 0) {
                    Arrays.fill(y, to, to + width, 0);
                    continue;
                }
                int from = how == How.LAST ? at + (length - 1) * width : at;
                System.arraycopy(x, from, y, to, width);
                if (how == How.MEAN) {
                    sum(x, at, length, y, to);
                } else if (how == How.MAX) {
                    largest(x, at, length, y, to);
                }
            }
        }

        private void sum(float[] x, int at, int length, float[] y, int to) {
            for (int step = 1; step < length; step++) {
                for (int i = 0; i < width; i++) {
                    y[to + i] += x[at + step * width + i];
                }
            }
            for (int i = 0; i < width; i++) {
                y[to + i] /= length;
            }
        }

        private void largest(float[] x, int at, int length, float[] y, int to) {
            Arrays.fill(largest, to, to + width, 0);
            for (int step = 1; step < length; step++) {
                for (int i = 0; i < width; i++) {
                    float value = x[at + step * width + i];
                    if (value > y[to + i]) {
                        y[to + i] = value;
                        largest[to + i] = step;
                    }
                }
            }
        }

        /** dIn += dOut / length at each step, or dOut at the last step, or where the largest was */
        @Override
        public void backward(Pass pass) {
            if (!in.wantsGradient()) {
                return;
            }
            float[] dIn = in.gradient(pass.batch());
            float[] dOut = out.gradient();
            for (int row = 0; row < pass.batch(); row++) {
                int length = length(row);
                int first = how == How.MEAN ? 0 : length - 1;
                for (int step = Math.max(0, first); step < length; step++) {
                    for (int i = 0; i < width; i++) {
                        int place = how == How.MAX ? largest[row * width + i] : step;
                        float d = how == How.MEAN ? dOut[row * width + i] / length : dOut[row * width + i];
                        dIn[(row * steps + place) * width + i] += d;
                    }
                }
            }
        }
    }
}
