package io.gradstream.benchmarks.endtoend;

import com.sun.management.ThreadMXBean;
import io.gradstream.connectors.formats.FormatException;
import io.gradstream.connectors.records.RawRecord;
import io.gradstream.model.Batch;
import io.gradstream.model.Learner;
import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.config.PipelineFile;
import io.gradstream.pipeline.examples.EventDecoder;
import io.gradstream.pipeline.examples.Example;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/**
 * The process that does what must be done in any case, on one thread, without Kafka and Flink: decodes the records of {@link
 * Load}, makes their features, scores them 64 at a time and learns them. Prints what that took.
 */
final class Alone {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int SCORED_TOGETHER = 64;
    private static final int DIFFERENT = 1 << 16;

    private final RawRecord[] records = new RawRecord[DIFFERENT];
    private final EventDecoder decoder;
    private final Learner learner;
    private final Batch batch;
    private final float[] labels = new float[SCORED_TOGETHER];
    private final float[] scores;

    private Alone(Pipeline pipeline) throws IOException, FormatException {
        Load load = new Load();
        for (int i = 0; i < DIFFERENT; i++) {
            records[i] = new RawRecord().set(0, 0, i, i, null, load.next(i, i));
        }
        decoder = new EventDecoder(pipeline);
        learner = Learner.create(pipeline.model());
        batch = new Batch(learner.layout(), SCORED_TOGETHER);
        scores = new float[SCORED_TOGETHER * learner.outputs()];
    }

    /** Arguments: the pipeline's file, records to warm up with, records to measure. */
    public static void main(String[] arguments) throws Exception {
        Alone alone = new Alone(PipelineFile.load(Path.of(arguments[0])).pipeline());
        int records = Integer.parseInt(arguments[2]);
        alone.learn(Integer.parseInt(arguments[1]));
        long wall = System.nanoTime();
        long cpu = THREADS.getCurrentThreadCpuTime();
        alone.learn(records);
        System.out.println(Measurement.of(records, System.nanoTime() - wall, THREADS.getCurrentThreadCpuTime() - cpu)
                .line());
    }

    private void learn(int count) {
        for (int i = 0; i < count; i++) {
            Example example = (Example) decoder.read(records[i & (DIFFERENT - 1)]);
            labels[batch.size()] = example.label;
            batch.add(example.numbers, 0, example.ids, 0);
            if (batch.isFull()) {
                learnBatch();
            }
        }
    }

    private void learnBatch() {
        learner.score(batch, scores);
        int width = learner.layout().numbers();
        for (int row = 0; row < batch.size(); row++) {
            learner.learn(batch.numbers(), row * width, batch.ids(), 0, labels[row], 1);
        }
        batch.clear();
    }
}
