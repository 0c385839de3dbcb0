package io.gradstream.model.optimizers;

import io.gradstream.model.spec.Default;
import io.gradstream.model.spec.Discriminator;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;
import java.util.List;

/**
 * How weights follow the gradient. Equations in the records; g is the gradient, w a weight, lr the learning rate times the
 * schedule's factor.
 *
 * <p>Sparse tables are stepped lazily: a row is stepped in the steps that touch it and is not looked at in the others, so its
 * momentum does not decay and its weight decay does not act meanwhile.
 */
@Discriminator("type")
@Doc("How weights follow the gradient.")
public sealed interface OptimizerSpec {
    /** The learning rate before the schedule. */
    float learningRate();

    /** What is kept for each weight, by name, as it is called in a snapshot. */
    List<String> slotNames();

    /** Plain stochastic gradient descent. */
    static Sgd sgd(float learningRate) {
        return new Sgd(learningRate, 0, false);
    }

    /** Adagrad with its usual settings. */
    static Adagrad adagrad(float learningRate) {
        return new Adagrad(learningRate, 1e-10f);
    }

    /** Adam with its usual settings. */
    static Adam adam(float learningRate) {
        return new Adam(learningRate, 0.9f, 0.999f, 1e-8f);
    }

    /** AdamW with its usual settings. */
    static AdamW adamW(float learningRate, float weightDecay) {
        return new AdamW(learningRate, 0.9f, 0.999f, 1e-8f, weightDecay);
    }

    /** Stochastic gradient descent: m = momentum m + g; w -= lr m (Nesterov: w -= lr (g + momentum m)). */
    @Kind("sgd")
    @Doc("Stochastic gradient descent, with momentum if wanted.")
    record Sgd(
            @Doc("Above 0; the schedule multiplies it.") @Default("0.01")
            float learningRate,

            @Doc("How much of the last direction is kept, at least 0 and below 1.") @Default("0")
            float momentum,

            @Doc("Whether to look ahead along the momentum.") @Default("false")
            boolean nesterov)
            implements OptimizerSpec {
        public Sgd {
            Checks.positive("learning-rate", learningRate);
            Checks.fraction("momentum", momentum);
            if (nesterov && momentum == 0) {
                throw new IllegalArgumentException("nesterov needs a momentum above 0");
            }
        }

        @Override
        public List<String> slotNames() {
            return momentum == 0 ? List.of() : List.of("momentum");
        }
    }

    /** Adagrad (Duchi et al. 2011): s += g^2; w -= lr g / (sqrt(s) + epsilon). */
    @Kind("adagrad")
    @Doc("Adagrad: each weight's rate falls with its gradients so far.")
    record Adagrad(
            @Doc("Above 0; the schedule multiplies it.") @Default("0.05")
            float learningRate,

            @Doc("Keeps the division finite, above 0.") @Default("1e-10")
            float epsilon)
            implements OptimizerSpec {
        public Adagrad {
            Checks.positive("learning-rate", learningRate);
            Checks.positive("epsilon", epsilon);
        }

        @Override
        public List<String> slotNames() {
            return List.of("squares");
        }
    }

    /** RMSProp (Hinton 2012): s = decay s + (1 - decay) g^2; w -= lr g / (sqrt(s) + epsilon). */
    @Kind("rmsprop")
    @Doc("RMSProp: each weight's rate falls with its recent gradients.")
    record RmsProp(
            @Doc("Above 0; the schedule multiplies it.") @Default("0.001")
            float learningRate,

            @Doc("Memory of the mean square, at least 0 and below 1.") @Default("0.99")
            float decay,

            @Doc("Keeps the division finite, above 0.") @Default("1e-8")
            float epsilon)
            implements OptimizerSpec {
        public RmsProp {
            Checks.positive("learning-rate", learningRate);
            Checks.fraction("decay", decay);
            Checks.positive("epsilon", epsilon);
        }

        @Override
        public List<String> slotNames() {
            return List.of("squares");
        }
    }

    /** Adam (Kingma and Ba 2015) with bias correction. */
    @Kind("adam")
    @Doc("Adam, with bias correction.")
    record Adam(
            @Doc("Above 0; the schedule multiplies it.") @Default("0.001")
            float learningRate,

            @Doc("Memory of the mean, at least 0 and below 1.") @Default("0.9")
            float beta1,

            @Doc("Memory of the mean square, at least 0 and below 1.") @Default("0.999")
            float beta2,

            @Doc("Keeps the division finite, above 0.") @Default("1e-8")
            float epsilon)
            implements OptimizerSpec {
        public Adam {
            Checks.adam(learningRate, beta1, beta2, epsilon);
        }

        @Override
        public List<String> slotNames() {
            return List.of("mean", "squares");
        }
    }

    /** AdamW (Loshchilov and Hutter 2019): Adam, and w -= lr weight-decay w apart from the gradient. */
    @Kind("adamw")
    @Doc("Adam with decoupled weight decay.")
    record AdamW(
            @Doc("Above 0; the schedule multiplies it.") @Default("0.001")
            float learningRate,

            @Doc("Memory of the mean, at least 0 and below 1.") @Default("0.9")
            float beta1,

            @Doc("Memory of the mean square, at least 0 and below 1.") @Default("0.999")
            float beta2,

            @Doc("Keeps the division finite, above 0.") @Default("1e-8")
            float epsilon,

            @Doc("Times the learning rate, what each weight loses in a step; 0 or more.") @Default("0.01")
            float weightDecay)
            implements OptimizerSpec {
        public AdamW {
            Checks.adam(learningRate, beta1, beta2, epsilon);
            Checks.notNegative("weight-decay", weightDecay);
        }

        @Override
        public List<String> slotNames() {
            return List.of("mean", "squares");
        }
    }

    /**
     * FTRL-Proximal per coordinate (McMahan et al. 2013, algorithm 1): {@code learningRate} is its alpha; l1 makes weights exactly
     * 0. Starts from z so that the first weights are the initial ones.
     */
    @Kind("ftrl")
    @Doc("FTRL-Proximal, per coordinate.")
    record Ftrl(
            @Doc("Above 0; it takes no schedule, its rates fall of themselves.") @Default("0.1")
            float learningRate,

            @Doc("Smooths the first rates, 0 or more; above 0 where l2 is 0.") @Default("1")
            float beta,

            @Doc("Makes small weights exactly 0.") @Default("0")
            float l1,

            @Doc("Pulls weights towards 0.") @Default("0") float l2)
            implements OptimizerSpec {
        public Ftrl {
            Checks.positive("learning-rate", learningRate);
            Checks.notNegative("beta", beta);
            Checks.notNegative("l1", l1);
            Checks.notNegative("l2", l2);
            if (beta == 0 && l2 == 0) {
                throw new IllegalArgumentException(
                        "beta must be > 0 where l2 is 0, was 0: nothing would hold first weights");
            }
        }

        @Override
        public List<String> slotNames() {
            return List.of("linear", "squares");
        }
    }
}
