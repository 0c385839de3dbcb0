package io.gradstream.benchmarks.data;

import io.gradstream.model.ImageInput;
import io.gradstream.model.InputSpec;
import io.gradstream.model.InputSpec.NumbersInput;
import io.gradstream.model.SequenceInput;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Reads the data sets in the forms in which they are passed on. */
final class DataFiles {
    private static final Path COMMITTED = Path.of("model-core", "src", "test", "resources", "data");
    private static final int[] NO_IDS = {};
    private static final int DIGIT = 8;
    private static final float DARKEST_DIGIT = 16;
    private static final int FASHION = 28;
    private static final float DARKEST_FASHION = 255;
    private static final int IMAGES_HEADER = 16;
    private static final int LABELS_HEADER = 8;
    private static final int VOWEL_STEPS = 29;
    private static final int VOWEL_WIDTH = 12;

    private DataFiles() {}

    static Rows iris() throws IOException {
        List<String> lines = Files.readAllLines(COMMITTED.resolve("iris.csv"));
        return table(new NumbersInput("flower", 4, false), lines.subList(1, lines.size()), 1);
    }

    static Rows digits() throws IOException {
        return table(
                new ImageInput("image", DIGIT, DIGIT, 1), lines(COMMITTED.resolve("digits.csv.gz")), DARKEST_DIGIT);
    }

    /** Numbers, and behind them a class. */
    private static Rows table(InputSpec input, List<String> lines, float scale) {
        Rows rows = empty(input);
        for (String line : lines) {
            String[] cells = line.split(",");
            float[] numbers = new float[cells.length - 1];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = Float.parseFloat(cells[i]) / scale;
            }
            add(rows, numbers, NO_IDS, Integer.parseInt(cells[numbers.length]));
        }
        return rows;
    }

    /** The test images of Fashion-MNIST: its two files in the IDX format. */
    static Rows fashion(Path folder) throws IOException {
        Rows rows = empty(new ImageInput("image", FASHION, FASHION, 1));
        try (DataInputStream images = unzipped(folder.resolve("fashion-mnist-t10k-images-idx3-ubyte.gz"));
                DataInputStream labels = unzipped(folder.resolve("fashion-mnist-t10k-labels-idx1-ubyte.gz"))) {
            images.skipNBytes(IMAGES_HEADER);
            labels.skipNBytes(LABELS_HEADER);
            for (byte label : labels.readAllBytes()) {
                float[] pixels = new float[FASHION * FASHION];
                for (int i = 0; i < pixels.length; i++) {
                    pixels[i] = images.readUnsignedByte() / DARKEST_FASHION;
                }
                add(rows, pixels, NO_IDS, label);
            }
        }
        return rows;
    }

    /** Vowels of nine speakers: {@code TRAIN} or {@code TEST}, in the format of aeon's archive, one column of numbers after another. */
    static Rows vowels(Path folder, String part) throws IOException {
        Rows rows = empty(new SequenceInput("vowel", VOWEL_STEPS, VOWEL_WIDTH));
        for (String line : lines(folder.resolve("JapaneseVowels_" + part + ".ts.gz"))) {
            if (line.isBlank() || line.startsWith("#") || line.startsWith("@")) {
                continue;
            }
            String[] columns = line.split(":");
            float[] numbers = new float[VOWEL_STEPS * VOWEL_WIDTH];
            int steps = 0;
            for (int column = 0; column < VOWEL_WIDTH; column++) {
                String[] values = columns[column].split(",");
                steps = values.length;
                for (int step = 0; step < steps; step++) {
                    numbers[step * VOWEL_WIDTH + column] = Float.parseFloat(values[step]);
                }
            }
            add(rows, numbers, new int[] {steps}, Integer.parseInt(columns[VOWEL_WIDTH].trim()) - 1);
        }
        return rows;
    }

    private static Rows empty(InputSpec input) {
        return new Rows(input, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    private static void add(Rows rows, float[] numbers, int[] ids, int ofClass) {
        rows.numbers().add(numbers);
        rows.ids().add(ids);
        rows.classes().add(ofClass);
    }

    private static List<String> lines(Path file) throws IOException {
        try (InputStream in = unzipped(file);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        }
    }

    private static DataInputStream unzipped(Path file) throws IOException {
        return new DataInputStream(new GZIPInputStream(Files.newInputStream(file)));
    }
}
