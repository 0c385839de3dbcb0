package io.gradstream.benchmarks.data;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What can be measured. */
enum DataCase {
    IRIS("iris", (data, seed) -> Models.iris(DataFiles.iris(), seed)),
    DIGITS("digits", (data, seed) -> Models.digits(DataFiles.digits(), seed)),
    FASHION("fashion", (data, seed) -> Models.fashion(DataFiles.fashion(data), seed)),
    VOWELS_LSTM(
            "vowels-lstm",
            (data, seed) -> Models.vowelsLstm(DataFiles.vowels(data, "TRAIN"), DataFiles.vowels(data, "TEST"), seed)),
    VOWELS_TRANSFORMER(
            "vowels-transformer",
            (data, seed) ->
                    Models.vowelsTransformer(DataFiles.vowels(data, "TRAIN"), DataFiles.vowels(data, "TEST"), seed)),
    FLIGHTS_MAIN("flights-main", (data, seed) -> FlightsReplay.of(null)),
    FLIGHTS_DEEPFM("flights-deepfm", (data, seed) -> FlightsReplay.of("{preset: deepfm, hidden: [16], factors: 4}")),
    FLIGHTS_DCN(
            "flights-dcn", (data, seed) -> FlightsReplay.of("{preset: dcn, crosses: 1, hidden: [16], embedding: 4}"));

    private final String title;
    private final Run run;

    /** Runs a case on the files of a folder. */
    @FunctionalInterface
    private interface Run {
        Figure of(Path data, long seed) throws Exception;
    }

    DataCase(String title, Run run) {
        this.title = title;
        this.run = run;
    }

    Figure run(Path data, long seed) throws Exception {
        return run.of(data, seed);
    }

    static DataCase of(String title) {
        for (DataCase each : values()) {
            if (each.title.equals(title)) {
                return each;
            }
        }
        throw new IllegalArgumentException("there is no case '" + title + "'; there are " + titles());
    }

    static String titles() {
        return Arrays.stream(values()).map(each -> each.title).collect(Collectors.joining(", "));
    }
}
