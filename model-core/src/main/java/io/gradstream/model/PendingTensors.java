package io.gradstream.model;

import static io.gradstream.model.SnapshotFormat.PENDING_IDS;
import static io.gradstream.model.SnapshotFormat.PENDING_NUMBERS;
import static io.gradstream.model.SnapshotFormat.PENDING_TARGETS;
import static io.gradstream.model.SnapshotFormat.PENDING_WEIGHTS;
import static io.gradstream.model.SnapshotReader.expectSize;

import io.gradstream.model.snapshots.Safetensors;
import io.gradstream.model.snapshots.SnapshotException;

/**
 * The rows of a snapshot's unfinished mini-batch. They are checked as if they came anew, because a file may be anyone's and what is pending
 * is learned without another look; at most one mini-batch of them is there.
 */
final class PendingTensors {
    private final Safetensors file;
    private final ModelSpec spec;
    private final RowCheck rowCheck;
    private final TargetCheck targetCheck;

    PendingTensors(Safetensors file, Compiled compiled) {
        this.file = file;
        this.spec = compiled.spec();
        this.rowCheck = new RowCheck(spec);
        this.targetCheck = new TargetCheck(spec, compiled.outputs());
    }

    /** Adds them to a learner without any. */
    void readInto(Learner learner) throws SnapshotException {
        float[] numbers = file.tensor(PENDING_NUMBERS).floats();
        int[] ids = file.tensor(PENDING_IDS).ints();
        float[] targets = file.tensor(PENDING_TARGETS).floats();
        float[] weights = file.tensor(PENDING_WEIGHTS).floats();
        InputLayout layout = spec.layout();
        int rows = targets.length;
        if (rows >= spec.batchSize()) {
            throw new SnapshotException(PENDING_TARGETS + ": wanted fewer rows than a mini-batch of " + spec.batchSize()
                    + ", came " + rows);
        }
        expectSize(PENDING_NUMBERS, numbers.length, rows * layout.numbers());
        expectSize(PENDING_IDS, ids.length, rows * layout.ids());
        expectSize(PENDING_WEIGHTS, weights.length, rows);
        check(PENDING_NUMBERS, () -> rowCheck.checkNumbers(numbers, 0, rows));
        check(PENDING_IDS, () -> rowCheck.checkIds(ids, 0, rows));
        for (int row = 0; row < rows; row++) {
            int at = row;
            check(PENDING_TARGETS, () -> targetCheck.checkTarget("row " + at, targets[at]));
            check(PENDING_WEIGHTS, () -> targetCheck.checkWeight("row " + at, weights[at]));
            learner.add(numbers, row * layout.numbers(), ids, row * layout.ids(), targets[row], weights[row]);
        }
    }

    private static void check(String tensor, Runnable check) throws SnapshotException {
        try {
            check.run();
        } catch (IllegalArgumentException e) {
            throw new SnapshotException(tensor + ": " + e.getMessage(), e);
        }
    }
}
