package io.gradstream.benchmarks.peers;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;

/** Whole training steps of libtorch: forward, loss, backward, plain SGD. */
final class TorchStep implements Runnable {
    private final Trainer trainer;
    private final NDManager manager;
    private final Loss loss;
    private final NDArray input;
    private final NDArray labels;

    /**
     * Sets a model up.
     *
     * @param block the model, up to its logits
     * @param loss on them
     * @param input values of one batch
     * @param inputShape of the batch
     * @param labels one a row
     * @param labelShape of all labels
     */
    TorchStep(Block block, Loss loss, float[] input, Shape inputShape, float[] labels, Shape labelShape) {
        Model model = Model.newInstance("peer", "PyTorch");
        model.setBlock(block);
        this.loss = loss;
        this.trainer = model.newTrainer(new DefaultTrainingConfig(loss)
                .optOptimizer(Optimizer.sgd()
                        .setLearningRateTracker(Tracker.fixed(0.01f))
                        .build()));
        trainer.initialize(inputShape);
        this.manager = model.getNDManager().newSubManager();
        this.input = manager.create(input, inputShape);
        this.labels = manager.create(labels, labelShape);
    }

    @Override
    public void run() {
        try (NDManager step = manager.newSubManager()) {
            NDList in = new NDList(input);
            in.tempAttach(step);
            try (GradientCollector collector = trainer.newGradientCollector()) {
                NDList out = trainer.forward(in);
                NDArray value = loss.evaluate(new NDList(labels), out);
                collector.backward(value);
                value.close();
                out.close();
            }
            trainer.step();
        }
    }
}
