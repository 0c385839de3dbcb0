package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.model.layers.LayerSpec;
import io.gradstream.model.losses.LossSpec;
import io.gradstream.model.optimizers.OptimizerSpec;
import io.gradstream.model.optimizers.ScheduleSpec;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The contract is checked on every kind there is: whoever adds one adds it to {@link ContractSpecs} too. */
class ContractCoverageTest {
    /** Where in a spec each kind of part is. */
    static final Map<Class<?>, Function<ModelSpec, Stream<?>>> KINDS = Map.of(
            LayerSpec.class, spec -> spec.layers().stream().map(NodeSpec::layer),
            InputSpec.class, spec -> spec.inputs().stream(),
            LossSpec.class, spec -> Stream.of(spec.loss()),
            OptimizerSpec.class, spec -> Stream.of(spec.optimizer()),
            ScheduleSpec.class, spec -> Stream.of(spec.schedule()));

    @TestFactory
    Stream<DynamicTest> everyKindIsInAModelOfTheContract() {
        return KINDS.entrySet().stream().map(each -> covered(each.getKey(), each.getValue()));
    }

    @Test
    void everyPresetIsAModelOfTheContract() {
        Set<String> presets = Stream.of(Presets.class.getMethods())
                .filter(method -> Modifier.isStatic(method.getModifiers()))
                .map(Method::getName)
                .collect(Collectors.toSet());
        assertThat(ContractSpecs.presets().keySet()).isEqualTo(presets);
        assertThat(ContractSpecs.all().map(NamedSpec::spec))
                .containsAll(ContractSpecs.presets().values());
    }

    private static DynamicTest covered(Class<?> sealed, Function<ModelSpec, Stream<?>> parts) {
        return DynamicTest.dynamicTest(sealed.getSimpleName(), () -> {
            Set<Class<?>> used = ContractSpecs.all()
                    .flatMap(named -> parts.apply(named.spec()))
                    .map(Object::getClass)
                    .collect(Collectors.toSet());
            assertThat(used).contains(sealed.getPermittedSubclasses());
        });
    }
}
