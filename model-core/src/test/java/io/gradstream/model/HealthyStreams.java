package io.gradstream.model;

import io.gradstream.model.GuardedCase.Row;
import io.gradstream.model.GuardedCase.Source;
import io.gradstream.model.InputSpec.CategoriesInput;
import io.gradstream.model.InputSpec.NumbersInput;
import io.gradstream.model.layers.BatchNorm;
import io.gradstream.model.layers.Linear;
import io.gradstream.model.layers.Standardise;
import io.gradstream.model.losses.BinaryCrossEntropy;
import io.gradstream.model.losses.Focal;
import io.gradstream.model.losses.Hinge;
import io.gradstream.model.losses.Huber;
import io.gradstream.model.losses.MeanAbsoluteError;
import io.gradstream.model.losses.Poisson;
import io.gradstream.model.losses.Quantile;
import io.gradstream.model.optimizers.OptimizerSpec;
import io.gradstream.model.optimizers.OptimizerSpec.Ftrl;
import io.gradstream.model.optimizers.OptimizerSpec.Sgd;
import io.gradstream.model.optimizers.ScheduleSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Streams and models that a guard has to leave alone: whatever makes their loss large, it is not their steps. */
final class HealthyStreams {
    private static final int EXAMPLES = 40_000;
    private static final OptimizerSpec ADAM = OptimizerSpec.adam(0.001f);
    private static final OptimizerSpec ADAGRAD = OptimizerSpec.adagrad(0.05f);
    private static final List<InputSpec> NUMBERS = List.of(new NumbersInput("numbers", 4, false));
    private static final List<InputSpec> IDS =
            List.of(new CategoriesInput("ids", List.of(new CategoryField("user", 1 << 20))));

    private HealthyStreams() {}

    static List<GuardedCase> all() {
        List<GuardedCase> all = new ArrayList<>();
        rareClasses(all);
        changes(all);
        numbers(all);
        losses(all);
        layers(all);
        sizes(all);
        return all;
    }

    /** Usual rates, and a tenth of them. */
    private static List<OptimizerSpec> rates() {
        return List.of(
                OptimizerSpec.sgd(0.01f),
                OptimizerSpec.sgd(0.001f),
                ADAM,
                OptimizerSpec.adam(0.0001f),
                ADAGRAD,
                OptimizerSpec.adagrad(0.005f),
                new Ftrl(0.1f, 1, 0, 0),
                new Ftrl(0.01f, 1, 0, 0));
    }

    private static void rareClasses(List<GuardedCase> all) {
        for (OptimizerSpec optimizer : rates()) {
            all.add(of("5 % positives, " + optimizer, mlp(Task.BINARY, optimizer), binary(-3.4)));
            all.add(of("1 % positives, " + optimizer, mlp(Task.BINARY, optimizer), binary(-5.2)));
            all.add(of("0.1 % positives, " + optimizer, mlp(Task.BINARY, optimizer), binary(-7.5)));
        }
    }

    private static void changes(List<GuardedCase> all) {
        for (int every : new int[] {500, 3000, 20_000}) {
            for (OptimizerSpec optimizer : List.of(OptimizerSpec.adam(0.01f), ADAM, ADAGRAD, OptimizerSpec.sgd(0.1f))) {
                Source flips = (row, random, at) -> {
                    gaussian(row, random);
                    float signal = 2 * row.numbers[0] - row.numbers[1];
                    row.target = bernoulli(random, at / every % 2 == 0 ? signal : -signal);
                };
                all.add(of("flips every " + every + ", " + optimizer, mlp(Task.BINARY, optimizer), flips)
                        .examples(100_000));
            }
        }
        for (OptimizerSpec optimizer : rates()) {
            all.add(of("noise, " + optimizer, mlp(Task.BINARY, optimizer), (row, random, at) -> {
                gaussian(row, random);
                row.target = random.nextInt(2);
            }));
        }
        all.add(of("zeros first", mlp(Task.REGRESSION, ADAM), (row, random, at) -> {
            regression(row, random, random.nextGaussian());
            row.target = at < 5000 ? 0 : row.target;
        }));
    }

    private static void numbers(List<GuardedCase> all) {
        for (OptimizerSpec optimizer : List.of(ADAM, OptimizerSpec.adam(0.01f), ADAGRAD, OptimizerSpec.sgd(0.001f))) {
            all.add(of(
                    "counts, " + optimizer,
                    mlp(Task.REGRESSION, optimizer).withLoss(new Poisson()),
                    (row, random, at) -> {
                        gaussian(row, random);
                        row.target = poisson(random, Math.exp(-5 + 0.5 * row.numbers[0]));
                    }));
            all.add(of(
                    "heavy tails, " + optimizer,
                    mlp(Task.REGRESSION, optimizer).withLoss(new Huber(1)),
                    (row, random, at) -> regression(row, random, Math.tan(Math.PI * (random.nextDouble() - 0.5)))));
            all.add(of(
                    "heavy tails squared, " + optimizer,
                    mlp(Task.REGRESSION, optimizer),
                    (row, random, at) -> regression(row, random, Math.tan(Math.PI * (random.nextDouble() - 0.5)))));
            all.add(of("one huge target, " + optimizer, mlp(Task.REGRESSION, optimizer), (row, random, at) -> {
                regression(row, random, random.nextGaussian());
                row.target = at == 5000 ? 1e20f : row.target;
            }));
            all.add(of("one large target, " + optimizer, mlp(Task.REGRESSION, optimizer), (row, random, at) -> {
                regression(row, random, random.nextGaussian());
                row.target = at == 5000 ? 1000 : row.target;
            }));
            ModelSpec plain = ModelSpec.of(
                            List.of(new NumbersInput("numbers", 4, false)),
                            List.of(NodeSpec.of("one", new Linear(8)), NodeSpec.of("two", new Linear(1))),
                            Task.REGRESSION,
                            optimizer)
                    .withBatchSize(64);
            all.add(of("overflows, " + optimizer, plain, (row, random, at) -> {
                regression(row, random, random.nextGaussian());
                row.numbers[0] = at % 640 == 639 ? 3e38f : row.numbers[0];
            }));
        }
    }

    private static void losses(List<GuardedCase> all) {
        for (OptimizerSpec optimizer : List.of(ADAM, ADAGRAD, OptimizerSpec.sgd(0.01f))) {
            all.add(of("hinge, " + optimizer, mlp(Task.BINARY, optimizer).withLoss(new Hinge()), binary(-1.4)));
            all.add(of(
                    "hinge, 1 % positives, " + optimizer,
                    mlp(Task.BINARY, optimizer).withLoss(new Hinge()),
                    binary(-5.2)));
            all.add(of(
                    "focal, " + optimizer,
                    mlp(Task.BINARY, optimizer).withLoss(new Focal(2, Optional.of(0.25f))),
                    binary(-3.4)));
            all.add(of(
                    "class weights, " + optimizer,
                    mlp(Task.BINARY, optimizer).withLoss(new BinaryCrossEntropy(Optional.of(20f))),
                    binary(-3.4)));
            for (float quantile : new float[] {0.05f, 0.95f}) {
                all.add(of(
                        "quantile " + quantile + ", " + optimizer,
                        mlp(Task.REGRESSION, optimizer).withLoss(new Quantile(quantile)),
                        (row, random, at) -> regression(row, random, 3 * random.nextGaussian())));
            }
            all.add(of(
                    "absolute, " + optimizer,
                    mlp(Task.REGRESSION, optimizer).withLoss(new MeanAbsoluteError()),
                    (row, random, at) -> regression(row, random, Math.tan(Math.PI * (random.nextDouble() - 0.5)))));
            all.add(of("example weights, " + optimizer, mlp(Task.BINARY, optimizer), (row, random, at) -> {
                binary(-2).next(row, random, at);
                row.weight = random.nextInt(3) == 0 ? 0 : (float) Math.exp(random.nextGaussian());
            }));
            List<NodeSpec> many = Presets.mlp(NUMBERS, 50, List.of(16), 4, 0);
            all.add(of(
                    "50 classes, " + optimizer,
                    ModelSpec.of(NUMBERS, many, Task.MULTICLASS, optimizer).withBatchSize(64),
                    (row, random, at) -> {
                        gaussian(row, random);
                        row.target = (int) (Math.pow(50.999, random.nextDouble())) - 1;
                        row.numbers[0] += row.target < 5 ? row.target : 0;
                    }));
        }
    }

    private static void layers(List<GuardedCase> all) {
        for (OptimizerSpec optimizer : List.of(ADAM, OptimizerSpec.adam(0.01f), ADAGRAD)) {
            List<NodeSpec> dropped = Presets.mlp(NUMBERS, 1, List.of(32), 4, 0.5f);
            all.add(of(
                    "dropout, " + optimizer,
                    ModelSpec.of(NUMBERS, dropped, Task.BINARY, optimizer).withBatchSize(64),
                    binary(-1.4)));
            List<NodeSpec> normed = List.of(
                    NodeSpec.of("scaled", new Standardise()),
                    NodeSpec.of("hidden", new Linear(16)),
                    NodeSpec.of("normed", new BatchNorm()),
                    NodeSpec.of("logit", new Linear(1)));
            all.add(of(
                    "batch norm, " + optimizer,
                    ModelSpec.of(NUMBERS, normed, Task.BINARY, optimizer).withBatchSize(64),
                    binary(-3.4)));
            all.add(of(
                    "new ids, " + optimizer,
                    ModelSpec.of(IDS, Presets.mlp(IDS, 1, List.of(8), 4, 0), Task.BINARY, optimizer)
                            .withBatchSize(64),
                    (row, random, at) -> {
                        row.ids[0] = at / 20 * 10 + random.nextInt(10);
                        row.target = bernoulli(random, row.ids[0] % 3 - 2);
                    }));
            all.add(of(
                    "warm-up, " + optimizer,
                    mlp(Task.BINARY, optimizer).withSchedule(new ScheduleSpec.Warmup(200)),
                    binary(-3.4)));
            all.add(drawn("recurrent, " + optimizer, ContractSpecs.recurrent().withOptimizer(optimizer)));
            all.add(drawn("transformer, " + optimizer, ContractSpecs.encoder().withOptimizer(optimizer)));
        }
    }

    private static void sizes(List<GuardedCase> all) {
        for (int size : new int[] {1, 8, 512}) {
            for (OptimizerSpec optimizer :
                    List.of(ADAM, OptimizerSpec.adam(0.01f), ADAGRAD, new Sgd(0.001f, 0.9f, false))) {
                all.add(of(
                        "1 % positives, batches of " + size + ", " + optimizer,
                        mlp(Task.BINARY, optimizer).withBatchSize(size),
                        binary(-5.2)));
                all.add(of(
                        "noise, batches of " + size + ", " + optimizer,
                        mlp(Task.BINARY, optimizer).withBatchSize(size),
                        (row, random, at) -> {
                            gaussian(row, random);
                            row.target = random.nextInt(2);
                        }));
                all.add(of(
                        "regression, batches of " + size + ", " + optimizer,
                        mlp(Task.REGRESSION, optimizer).withBatchSize(size),
                        (row, random, at) -> regression(row, random, random.nextGaussian())));
            }
        }
    }

    private static GuardedCase of(String name, ModelSpec spec, Source source) {
        return new GuardedCase(name, spec, EXAMPLES, source);
    }

    /** A model of sequences, with examples of its own. */
    private static GuardedCase drawn(String name, ModelSpec spec) {
        Example[] example = new Example[1];
        return new GuardedCase(name, spec, 10_000, (row, random, at) -> {
            example[0] = at == 0 ? new Example(spec, 3) : example[0];
            example[0].next();
            System.arraycopy(example[0].numbers, 0, row.numbers, 0, row.numbers.length);
            System.arraycopy(example[0].ids, 0, row.ids, 0, row.ids.length);
            row.target = example[0].target;
        });
    }

    static ModelSpec mlp(Task task, OptimizerSpec optimizer) {
        return ModelSpec.of(NUMBERS, Presets.mlp(NUMBERS, 1, List.of(16), 4, 0), task, optimizer)
                .withBatchSize(64);
    }

    static Source binary(double bias) {
        return (row, random, at) -> {
            gaussian(row, random);
            row.target = bernoulli(random, bias + row.numbers[0] + 0.5 * row.numbers[1]);
        };
    }

    private static void regression(Row row, Random random, double noise) {
        gaussian(row, random);
        row.target = (float) (row.numbers[0] - 0.5 * row.numbers[1] + 3 + 0.5 * noise);
    }

    static void gaussian(Row row, Random random) {
        for (int i = 0; i < row.numbers.length; i++) {
            row.numbers[i] = (float) random.nextGaussian();
        }
    }

    static float bernoulli(Random random, double logit) {
        return random.nextDouble() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
    }

    private static float poisson(Random random, double mean) {
        double limit = Math.exp(-mean);
        int count = 0;
        for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) {
            count++;
        }
        return count;
    }
}
