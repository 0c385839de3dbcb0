package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.model.layers.LayerSpec;
import io.gradstream.model.losses.LossSpec;
import io.gradstream.model.optimizers.OptimizerSpec;
import io.gradstream.model.optimizers.ScheduleSpec;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The contract is checked on every kind there is: whoever adds one adds it to {@link ContractSpecs} too. */
class ContractCoverageTest {
    @TestFactory
    Stream<DynamicTest> everyKindIsInAModelOfTheContract() {
        return Stream.of(
                covered(LayerSpec.class, spec -> spec.layers().stream().map(NodeSpec::layer)),
                covered(InputSpec.class, spec -> spec.inputs().stream()),
                covered(LossSpec.class, spec -> Stream.of(spec.loss())),
                covered(OptimizerSpec.class, spec -> Stream.of(spec.optimizer())),
                covered(ScheduleSpec.class, spec -> Stream.of(spec.schedule())));
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
