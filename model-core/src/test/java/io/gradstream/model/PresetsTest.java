package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.model.InputSpec.CategoriesInput;
import io.gradstream.model.InputSpec.NumbersInput;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A preset over inputs that it has no use for says what it wanted. */
class PresetsTest {
    private static final List<InputSpec> IMAGE = List.of(new ImageInput("image", 4, 4, 1));
    private static final List<InputSpec> CATEGORIES =
            List.of(new CategoriesInput("c", List.of(new CategoryField("a", 5))));
    private static final List<Integer> HIDDEN = List.of(3);

    @Test
    void anImageOnly() {
        String came = " wanted at least one input that is numbers or categories, came [image]";
        refused("logistic" + came, () -> Presets.logistic(IMAGE, 1));
        refused("mlp" + came, () -> Presets.mlp(IMAGE, 1, HIDDEN, 2, 0));
        refused("wide-and-deep" + came, () -> Presets.wideAndDeep(IMAGE, 1, HIDDEN, 2, 0));
        refused("fm" + came, () -> Presets.fm(IMAGE, IMAGE, 1, 2));
        refused("deepfm" + came, () -> Presets.deepFm(IMAGE, IMAGE, 1, HIDDEN, 2, 0));
        refused("dcn" + came, () -> Presets.dcn(IMAGE, 1, 1, HIDDEN, 2, 0));
    }

    @Test
    void noneOfTheCategoriesInPairsOrDeep() {
        String came = " wanted at least one input that is numbers, or categories among [], came [c]";
        refused("wide-and-deep" + came, () -> Presets.wideAndDeep(CATEGORIES, List.of(), 1, HIDDEN, 2, 0));
        refused("fm" + came, () -> Presets.fm(CATEGORIES, List.of(), 1, 2));
        refused("deepfm" + came, () -> Presets.deepFm(CATEGORIES, List.of(), 1, HIDDEN, 2, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"logits", "joined", "deep", "pairs", "x-standardised", "hidden-1"})
    void namesThatThePresetTakes(String name) {
        List<InputSpec> inputs =
                List.of(new NumbersInput("x", 2, false), new CategoriesInput(name, List.of(new CategoryField("a", 5))));
        refused(
                "input '" + name + "': the preset has a layer of this name; give the input another",
                () -> Presets.deepFm(inputs, inputs, 1, HIDDEN, 2, 0));
    }

    @Test
    void aBiasTakesItsName() {
        List<InputSpec> inputs = List.of(new CategoriesInput("bias", List.of(new CategoryField("a", 5))));
        refused(
                "input 'bias': the preset has a layer of this name; give the input another",
                () -> Presets.logistic(inputs, 1));
    }

    @Test
    void aDropoutThatIsNone() {
        String wanted = "rate must be at least 0 and below 1, was ";
        List<InputSpec> numbers = List.of(new NumbersInput("x", 2, false));
        refused(wanted + "-0.1", () -> Presets.mlp(numbers, 1, HIDDEN, 2, -0.1f));
        refused(wanted + "1.0", () -> Presets.mlp(numbers, 1, List.of(), 2, 1));
        refused(wanted + "-0.1", () -> Presets.dcn(numbers, 1, 1, HIDDEN, 2, -0.1f));
    }

    private static void refused(String message, ThrowingCallable preset) {
        assertThatThrownBy(preset).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }
}
