package io.gradstream.pipeline.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.connectors.formats.CsvFormat;
import io.gradstream.connectors.formats.FieldValues;
import io.gradstream.connectors.formats.Formats;
import io.gradstream.connectors.formats.JsonFormat;
import io.gradstream.connectors.formats.RecordDecoder;
import io.gradstream.model.ImageInput;
import io.gradstream.model.InputLayout;
import io.gradstream.model.SequenceInput;
import io.gradstream.model.TokensInput;
import io.gradstream.pipeline.features.TokensFeature.TokensBy;
import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Sequences, images and texts, from the bytes of a record to the row of a model. */
class ListFeaturesTest {
    private final UsedFields fields = new UsedFields();
    private final List<String> problems = new ArrayList<>();
    private final List<float[]> numbers = new ArrayList<>();
    private final List<int[]> ids = new ArrayList<>();

    private FeaturePlan plan(FeatureSpec... features) {
        return FeaturePlan.of(List.of(features), fields, (at, key, problem) -> problems.add(key + ": " + problem));
    }

    private void extract(FeaturePlan plan, String... records) throws Exception {
        assertThat(problems).isEmpty();
        RecordDecoder decoder = Formats.decoder(new JsonFormat(), fields.all());
        FieldValues values = new FieldValues(fields.all().size());
        FeatureExtractor extractor = plan.extractor();
        float[] row = new float[plan.layout().numbers()];
        int[] rowIds = new int[plan.layout().ids()];
        for (String record : records) {
            byte[] bytes = record.getBytes(StandardCharsets.UTF_8);
            decoder.decode(bytes, 0, bytes.length, values);
            extractor.extract(values, row, rowIds);
            numbers.add(row.clone());
            ids.add(rowIds.clone());
        }
    }

    private static SequenceFeature sequence(int steps, int width, Keep keep, boolean required) {
        return new SequenceFeature(List.of("x"), steps, width, keep, Optional.empty(), required);
    }

    private static ImageFeature image() {
        return new ImageFeature(List.of("pixels"), 2, 2, 1, 10, Optional.empty());
    }

    private static TokensFeature tokens(int steps, TokensBy by, Keep keep) {
        return new TokensFeature(List.of("text"), steps, 1 << 20, by, keep, Optional.empty(), false);
    }

    @Test
    void aSequenceIsPaddedAndItsLongerOnesAreCut() throws Exception {
        extract(
                plan(sequence(3, 2, Keep.LAST, false)),
                "{\"x\": [[1, 2], [3, 4], [5, 6], [7, 8]]}",
                "{\"x\": [9, 10]}",
                "{\"x\": []}",
                "{}");
        assertThat(numbers.get(0)).containsExactly(3, 4, 5, 6, 7, 8);
        assertThat(numbers.get(1)).containsExactly(9, 10, 0, 0, 0, 0);
        assertThat(numbers.get(2)).containsOnly(0);
        assertThat(ids.stream().map(row -> row[0])).containsExactly(3, 1, 0, 0);
    }

    @Test
    void theFirstStepsCanBeKeptInstead() throws Exception {
        extract(plan(sequence(2, 1, Keep.FIRST, false)), "{\"x\": [1, 2, 3]}");
        assertThat(numbers.get(0)).containsExactly(1, 2);
    }

    @Test
    void listsOfAnotherShapeAreRefusedByName() {
        FeaturePlan plan = plan(sequence(3, 2, Keep.LAST, true), image());
        assertThatThrownBy(() -> extract(plan, "{\"x\": [1, 2, 3], \"pixels\": [1, 2, 3, 4]}"))
                .hasMessage("field 'x' must have a multiple of 2 numbers, had 3");
        assertThatThrownBy(() -> extract(plan, "{\"x\": [1, 2], \"pixels\": [1, 2, 3]}"))
                .hasMessage("field 'pixels' must have 4 numbers (2 x 2 x 1), had 3");
        assertThatThrownBy(() -> extract(plan, "{\"pixels\": [1, 2, 3, 4]}")).hasMessageContaining("required");
        assertThatThrownBy(() -> extract(plan, "{\"x\": [1, 1e39], \"pixels\": [1, 2, 3, 4]}"))
                .hasMessageContaining("between");
        assertThatThrownBy(() -> extract(plan, "{\"x\": [1, null], \"pixels\": [1, 2, 3, 4]}"))
                .hasMessageContaining("is not a list of numbers: null is number 1");
    }

    @Test
    void anImageIsScaled() throws Exception {
        extract(plan(image()), "{\"pixels\": [0, 10, 20, 255]}");
        assertThat(numbers.get(0)).containsExactly(0, 1, 2, 25.5f);
    }

    @Test
    void wordsHaveOneIdInWhateverCase() throws Exception {
        extract(
                plan(tokens(4, TokensBy.WORDS, Keep.FIRST)),
                "{\"text\": \"Free money, FREE\"}",
                "{\"text\": \" ... \"}",
                "{\"text\": \"a b c d e\"}");
        int[] first = ids.get(0);
        assertThat(first[4]).isEqualTo(3);
        assertThat(first[0]).isEqualTo(first[2]).isNotEqualTo(first[1]).isPositive();
        assertThat(first[3]).isZero();
        assertThat(ids.get(1)).containsOnly(0);
        assertThat(ids.get(2)[4]).isEqualTo(4);
    }

    @Test
    void charactersAreCodePointsAndTheLastCanBeKept() throws Exception {
        extract(
                plan(tokens(3, TokensBy.CHARACTERS, Keep.LAST)),
                "{\"text\": \"春眠 不覺曉\"}",
                "{\"text\": \"不覺曉\"}",
                "{\"text\": \"A𝄞\"}");
        assertThat(ids.get(0)).isEqualTo(ids.get(1));
        assertThat(ids.get(2)[3]).isEqualTo(2);
    }

    @Test
    void eachListIsAnInputBehindNumbersAndCategories() throws Exception {
        FeaturePlan plan = plan(
                tokens(5, TokensBy.WORDS, Keep.FIRST),
                new FeatureSpec.Numeric(List.of("n"), Optional.empty(), FeatureSpec.Missing.DEFAULT, true),
                image(),
                sequence(3, 2, Keep.LAST, false),
                new FeatureSpec.Categorical(List.of("c"), 10, Optional.empty(), false));
        assertThat(plan.inputs().subList(2, 5))
                .containsExactly(
                        new TokensInput("text", 1 << 20, 5),
                        new ImageInput("pixels", 2, 2, 1),
                        new SequenceInput("x", 3, 2));
        assertThat(plan.layout()).isEqualTo(new InputLayout(1 + 4 + 6, 1 + 6 + 1));
        extract(plan, "{\"n\": 7, \"c\": \"k\", \"text\": \"one\", \"pixels\": [1, 2, 3, 4], \"x\": [8, 9]}");
        assertThat(numbers.get(0)).containsExactly(7, 0.1f, 0.2f, 0.3f, 0.4f, 8, 9, 0, 0, 0, 0);
        assertThat(ids.get(0)[6]).isEqualTo(1);
        assertThat(ids.get(0)[7]).isEqualTo(1);
        new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(plan);
    }

    @Test
    void namesOfInputsAreTheirOwn() {
        plan(new ImageFeature(List.of("numbers"), 1, 1, 1, 1, Optional.empty()));
        assertThat(problems).singleElement().asString().contains("input of all single numbers");
    }

    @Test
    void listsInCsvStandBetweenSpacesOrSemicolons() throws Exception {
        FeaturePlan plan = plan(sequence(3, 1, Keep.LAST, true));
        RecordDecoder decoder = Formats.decoder(new CsvFormat(List.of("id", "x"), ','), fields.all());
        FieldValues values = new FieldValues(1);
        byte[] line = "7,1.5;-2 3e1".getBytes(StandardCharsets.UTF_8);
        decoder.decode(line, 0, line.length, values);
        float[] row = new float[3];
        plan.extractor().extract(values, row, new int[1]);
        assertThat(row).containsExactly(1.5f, -2, 30);
    }
}
