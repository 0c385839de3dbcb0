package io.gradstream.quickstart;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may know whom, over every module of the project: this one sees them all. */
class ArchitectureTest {
    private static final List<String> FORBIDDEN_NAMES = List.of("util", "utils", "common", "helper", "helpers", "misc");
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.gradstream");

    @Test
    void everyModuleIsSeen() {
        for (String part : List.of("model", "connectors", "pipeline", "broker", "testing", "quickstart")) {
            assertThat(CLASSES).as(part).anyMatch(type -> type.getPackageName().startsWith("io.gradstream." + part));
        }
    }

    @Test
    void theVectorModuleLivesInTheKernelsOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.gradstream.model.kernels")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jdk.incubator.vector..")
                .check(CLASSES);
    }

    @Test
    void kafkaIsKnownToConnectorsAndTheBrokerOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.gradstream.connectors..",
                        "io.gradstream.broker..",
                        "io.gradstream.testing..",
                        "io.gradstream.quickstart..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "kafka..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("io.gradstream.connectors.formats..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .check(CLASSES);
    }

    @Test
    void theModelKnowsTheJdkOnly() {
        noClasses()
                .that()
                .resideInAPackage("io.gradstream.model..")
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "are neither the JDK's nor the model's",
                        type -> !type.getBaseComponentType().isPrimitive()
                                && !type.getBaseComponentType().getPackageName().startsWith("java.")
                                && !type.getBaseComponentType().getPackageName().startsWith("jdk.incubator.vector")
                                && !type.getBaseComponentType().getPackageName().startsWith("io.gradstream.model")))
                .check(CLASSES);
    }

    @Test
    void connectorsAndModelNeverSeeEachOther() {
        noClasses()
                .that()
                .resideInAPackage("io.gradstream.connectors..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.gradstream.model..", "io.gradstream.pipeline..")
                .check(CLASSES);
    }

    @Test
    void picocliLivesInCommandLinesOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.gradstream.pipeline.cli..", "io.gradstream.quickstart..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .check(CLASSES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"model", "connectors", "pipeline", "quickstart"})
    void packagesOfAModuleHaveNoCycles(String module) {
        slices().matching("io.gradstream." + module + ".(*)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void noPackageIsADrawerForEverything() {
        assertThat(CLASSES)
                .noneMatch(type ->
                        Arrays.stream(type.getPackageName().split("\\.")).anyMatch(FORBIDDEN_NAMES::contains));
    }

    @Test
    void everyPackageSaysWhatItIs() {
        assertThat(CLASSES.stream()
                        .map(JavaClass::getPackageName)
                        .distinct()
                        .filter(name -> !CLASSES.contain(name + ".package-info")))
                .isEmpty();
    }
}
