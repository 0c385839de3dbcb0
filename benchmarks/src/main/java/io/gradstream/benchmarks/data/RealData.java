package io.gradstream.benchmarks.data;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints each figure beside its target. */
@Command(
        name = "real-data",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "How good models are on real data, beside what they should be at least.")
public final class RealData implements Callable<Integer> {
    @Parameters(paramLabel = "CASE", arity = "1..*", description = "One or more of the cases below.")
    private List<String> cases;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            defaultValue = "data",
            description = "Where the files of Fashion-MNIST and JapaneseVowels are (${DEFAULT-VALUE}).")
    private Path data;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Of weights and orders; flights.yaml has its own (${DEFAULT-VALUE}).")
    private long seed;

    /** Runs it. */
    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new RealData());
        line.getCommandSpec().usageMessage().footer("", "Cases: " + DataCase.titles());
        System.exit(line.execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        cases.forEach(DataCase::of);
        System.out.printf("seed %d%n| case | what | value | at least | reached |%n|---|---|---|---|---|%n", seed);
        for (String each : cases) {
            System.out.println(DataCase.of(each).run(data, seed).line(each));
        }
        return 0;
    }
}
