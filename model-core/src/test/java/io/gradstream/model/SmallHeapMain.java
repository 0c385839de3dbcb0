package io.gradstream.model;

import io.gradstream.model.InputSpec.NumbersInput;
import io.gradstream.model.layers.Linear;
import io.gradstream.model.optimizers.OptimizerSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Makes learners in a heap that may be too small, one after another, and prints what became of each. */
final class SmallHeapMain {
    private SmallHeapMain() {}

    /** Whose parameters are little more than 1024 times so many floats. */
    static ModelSpec spec(int units) {
        return ModelSpec.of(
                List.of(new NumbersInput("x", 1, false)),
                List.of(
                        NodeSpec.of("narrow", new Linear(1024)),
                        NodeSpec.of("wide", new Linear(units)),
                        NodeSpec.of("out", new Linear(1))),
                Task.BINARY,
                OptimizerSpec.sgd(0.1f));
    }

    /** Units of a model, or the file of a snapshot. */
    public static void main(String[] arguments) {
        for (String argument : arguments) {
            System.out.println(made(argument));
        }
    }

    private static String made(String argument) {
        try {
            if (argument.matches("\\d+")) {
                Learner.create(spec(Integer.parseInt(argument)));
            } else if (argument.endsWith("model")) {
                Model.read(Files.readAllBytes(Path.of(argument)));
            } else {
                Learner.read(Files.readAllBytes(Path.of(argument)));
            }
            return "made";
        } catch (Exception | OutOfMemoryError e) {
            return e.toString();
        }
    }
}
