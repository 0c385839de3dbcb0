package io.gradstream.pipeline.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.connectors.formats.FieldValues;
import io.gradstream.model.losses.Targets;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class LabelRuleTest {

    private static FieldValues values(Consumer<FieldValues> set) {
        FieldValues values = new FieldValues(1);
        set.accept(values);
        return values;
    }

    private static FieldValues number(double value) {
        return values(v -> v.setNumber(0, value));
    }

    private static FieldValues text(String value) {
        return values(v -> v.setText(0, value));
    }

    private static void assertImpossible(LabelRule rule, FieldValues values, String... said) {
        assertThatThrownBy(() -> rule.target(values))
                .isInstanceOfSatisfying(
                        BadExampleException.class,
                        e -> assertThat(e.reason()).isEqualTo(BadExampleException.IMPOSSIBLE_LABEL))
                .hasMessageContainingAll(said);
    }

    @Test
    void thresholdIsExclusive() throws Exception {
        LabelRule rule = new LabelRule.Threshold(0, 15);
        assertThat(rule.target(number(15))).isZero();
        assertThat(rule.target(number(15.1))).isEqualTo(1);
        assertThat(rule.target(number(-1e300))).isZero();
        assertImpossible(rule, number(Double.NaN), "finite", "NaN");
        assertImpossible(rule, number(Double.POSITIVE_INFINITY), "Infinity");
    }

    @Test
    void flagIs0Or1() throws Exception {
        LabelRule rule = new LabelRule.Flag(0);
        assertThat(rule.target(values(v -> v.setFlag(0, true)))).isEqualTo(1);
        assertThat(rule.target(values(v -> v.setFlag(0, false)))).isZero();
    }

    @Test
    void classNumberIsWholeAndInRange() throws Exception {
        LabelRule rule = new LabelRule.ClassNumber(0, 3);
        assertThat(rule.target(number(2))).isEqualTo(2);
        for (double bad : new double[] {-1, 3, 0.5, Double.NaN, 1e18}) {
            assertImpossible(rule, number(bad), "0 to 2");
        }
    }

    @Test
    void classNameIsItsPlace() throws Exception {
        LabelRule rule = new LabelRule.ClassName(0, List.of("no", "yes", "größer"));
        assertThat(rule.target(text("yes"))).isEqualTo(1);
        assertThat(rule.target(text("größer"))).isEqualTo(2);
        assertThat(rule.target(text(""))).isNaN();
        assertImpossible(rule, text("ye"), "3 classes", "\"ye\"");
        assertImpossible(rule, text("x".repeat(100_000)), "x…");
    }

    @Test
    void valueIsAFloatInRange() throws Exception {
        LabelRule rule = new LabelRule.Value(0);
        assertThat(rule.target(number(-2.5))).isEqualTo(-2.5f);
        assertThat(rule.target(number(0))).isZero();
        for (double bad : new double[] {Double.NaN, Double.NEGATIVE_INFINITY, 1e31, 1e-40}) {
            assertImpossible(rule, number(bad), String.valueOf(bad));
        }
    }

    @Test
    void aLossOfCountsTakesNoNegativeValue() throws Exception {
        LabelRule rule = new LabelRule.Value(0, Targets.NOT_NEGATIVE);
        assertThat(rule.target(number(2.5))).isEqualTo(2.5f);
        assertImpossible(rule, number(-1), "0 or more", "-1");
    }

    @Test
    void missingIsNoTarget() throws Exception {
        assertThat(new LabelRule.Value(0).target(new FieldValues(1))).isNaN();
        assertThat(new LabelRule.Flag(0).target(new FieldValues(1))).isNaN();
    }
}
