package io.gradstream.model.optimizers;

import io.gradstream.model.kernels.OptimizerKernels;
import java.util.Arrays;

/** One optimizer's arithmetic on n weights that lie one after another. Slots that it does not use are ignored. */
abstract class Rule {
    /** Of the step that has begun. */
    float rate;

    /** Of the step that has begun. */
    float decay;

    private double factor = 1;

    final double factor() {
        return factor;
    }

    final void factor(double factor) {
        this.factor = factor;
    }

    /** What the learning rate is to be multiplied with. */
    double rateFactor() {
        return factor;
    }

    /** Prepares for step {@code step}, counted from 0, at this learning rate; {@code decay} w is added to each gradient. */
    void begin(long step, double rate, float decay) {
        this.rate = (float) rate;
        this.decay = decay;
    }

    /** One fused pass: weights and slots are changed, the gradient is not. */
    abstract void step(float[] w, int wAt, float[] g, int gAt, float[] s0, float[] s1, int sAt, int n);

    /** Slots for weights that have not been stepped; they are 0 so far. */
    void start(float[] w, int wAt, float[] s0, float[] s1, int sAt, int n) {}

    /** Changes slots, where rates are in them, so that further steps have {@code by} times their rates (but not more than there ever is); the weights are not changed. */
    void slow(double by, float[] w, int wAt, float[] s0, float[] s1, int sAt, int n) {}

    static Rule of(OptimizerSpec spec) {
        if (spec instanceof OptimizerSpec.Sgd sgd) {
            return new SgdRule(sgd);
        } else if (spec instanceof OptimizerSpec.Adagrad adagrad) {
            return new AdagradRule(adagrad);
        } else if (spec instanceof OptimizerSpec.RmsProp rmsProp) {
            return new RmsPropRule(rmsProp);
        } else if (spec instanceof OptimizerSpec.Adam adam) {
            return new AdamRule(adam.beta1(), adam.beta2(), adam.epsilon(), 0);
        } else if (spec instanceof OptimizerSpec.AdamW adam) {
            return new AdamRule(adam.beta1(), adam.beta2(), adam.epsilon(), adam.weightDecay());
        } else {
            return new FtrlRule((OptimizerSpec.Ftrl) spec);
        }
    }

    private static final class SgdRule extends Rule {
        private final OptimizerSpec.Sgd spec;

        SgdRule(OptimizerSpec.Sgd spec) {
            this.spec = spec;
        }

        @Override
        void step(float[] w, int wAt, float[] g, int gAt, float[] s0, float[] s1, int sAt, int n) {
            if (spec.momentum() == 0) {
                OptimizerKernels.sgd(rate, decay, w, wAt, g, gAt, n);
            } else if (spec.nesterov()) {
                OptimizerKernels.nesterov(rate, spec.momentum(), decay, w, wAt, g, gAt, s0, sAt, n);
            } else {
                OptimizerKernels.momentum(rate, spec.momentum(), decay, w, wAt, g, gAt, s0, sAt, n);
            }
        }
    }

    private static final class AdagradRule extends Rule {
        private final OptimizerSpec.Adagrad spec;

        AdagradRule(OptimizerSpec.Adagrad spec) {
            this.spec = spec;
        }

        @Override
        void step(float[] w, int wAt, float[] g, int gAt, float[] s0, float[] s1, int sAt, int n) {
            OptimizerKernels.adagrad(rate, spec.epsilon(), decay, w, wAt, g, gAt, s0, sAt, n);
        }
    }

    private static final class RmsPropRule extends Rule {
        private final OptimizerSpec.RmsProp spec;

        RmsPropRule(OptimizerSpec.RmsProp spec) {
            this.spec = spec;
        }

        @Override
        void step(float[] w, int wAt, float[] g, int gAt, float[] s0, float[] s1, int sAt, int n) {
            float fresh = (float) (1.0 - spec.decay());
            OptimizerKernels.rmsProp(rate, spec.decay(), fresh, spec.epsilon(), decay, w, wAt, g, gAt, s0, sAt, n);
        }
    }

    private static final class AdamRule extends Rule {
        private final double beta1;
        private final double beta2;
        private final float epsilon;
        private final float weightDecay;
        private float rootScale;
        private float keep;

        AdamRule(float beta1, float beta2, float epsilon, float weightDecay) {
            this.beta1 = shortest(beta1);
            this.beta2 = shortest(beta2);
            this.epsilon = epsilon;
            this.weightDecay = weightDecay;
        }

        /** The double that is written as the float is: 0.999 rather than 0.99900001. */
        private static double shortest(float value) {
            return Double.parseDouble(Float.toString(value));
        }

        @Override
        void begin(long step, double rate, float decay) {
            super.begin(step, rate / (1 - Powers.of(beta1, step + 1)), decay);
            this.rootScale = (float) (1 / Math.sqrt(1 - Powers.of(beta2, step + 1)));
            this.keep = (float) (1 - rate * weightDecay);
        }

        @Override
        void step(float[] w, int wAt, float[] g, int gAt, float[] s0, float[] s1, int sAt, int n) {
            OptimizerKernels.adam(
                    rate,
                    (float) beta1,
                    (float) (1 - beta1),
                    (float) beta2,
                    (float) (1 - beta2),
                    rootScale,
                    epsilon,
                    decay,
                    keep,
                    w,
                    wAt,
                    g,
                    gAt,
                    s0,
                    sAt,
                    s1,
                    sAt,
                    n);
        }
    }

    private static final class FtrlRule extends Rule {
        /** Of a sum of squares: gradients of 10^15 can still be added. */
        private static final double MOST = 1e36;

        private final OptimizerSpec.Ftrl spec;
        /** beta; where that is 0, what keeps first rates from being as high as ever. */
        private final double smoothing;

        FtrlRule(OptimizerSpec.Ftrl spec) {
            this.spec = spec;
            this.smoothing = spec.beta() == 0 ? 1 : spec.beta();
        }

        @Override
        void step(float[] w, int wAt, float[] g, int gAt, float[] s0, float[] s1, int sAt, int n) {
            OptimizerKernels.ftrl(rate, spec.beta(), spec.l1(), spec.l2(), w, wAt, g, gAt, s0, sAt, s1, sAt, n);
        }

        @Override
        double rateFactor() {
            return 1;
        }

        /** z such that the weights it gives are those there are; a sum of squares above 0 if rates have been lowered. */
        @Override
        void start(float[] w, int wAt, float[] z, float[] s, int at, int n) {
            double root = Math.max(0, smoothing / factor() - smoothing);
            Arrays.fill(s, at, at + n, (float) (root * root));
            float strength = (float) (spec.beta() + root) / spec.learningRate() + spec.l2();
            for (int i = 0; i < n; i++) {
                z[at + i] = linear(w[wAt + i], strength);
            }
        }

        /** A weight's rate is alpha / (beta + √s): s for a rate that is so much lower, and z for the weight there is. */
        @Override
        void slow(double by, float[] w, int wAt, float[] z, float[] s, int at, int n) {
            for (int i = 0; i < n; i++) {
                double root = Math.max(0, (smoothing + Math.sqrt(s[at + i])) / by - smoothing);
                s[at + i] = (float) Math.min(root * root, MOST);
                if (w[wAt + i] != 0) {
                    float strength = (float) ((spec.beta() + Math.sqrt(s[at + i])) / spec.learningRate()) + spec.l2();
                    z[at + i] = linear(w[wAt + i], strength);
                }
            }
        }

        private float linear(float weight, float strength) {
            return weight == 0 ? 0 : -weight * strength - Math.signum(weight) * spec.l1();
        }
    }
}
