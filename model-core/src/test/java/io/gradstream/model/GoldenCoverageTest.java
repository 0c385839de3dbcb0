package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Every tensor of every case of PyTorch's is read by the tests that compare with it: outputs, states, all gradients, all weights. */
class GoldenCoverageTest {
    private static final Path GOLDENS = Path.of("src", "test", "resources", "goldens");

    @Test
    void everyTensorOfEveryCaseIsCompared() throws IOException {
        run(
                AttentionGoldenTest.class,
                FieldLayerTest.class,
                ImageLayerTest.class,
                LayerGoldenTest.class,
                LossGoldenTest.class,
                OptimizerGoldenTest.class,
                PyTorchWeightsTest.class,
                RecurrentGoldenTest.class,
                RecurrentStatesGoldenTest.class,
                SequenceTrainingGoldenTest.class,
                TrainingGoldenTest.class,
                TransformerGoldenTest.class);
        List<String> cases = Files.readAllLines(GOLDENS.resolve("MANIFEST.txt"));
        assertThat(cases).hasSize(69);
        Set<String> unread = new TreeSet<>();
        cases.forEach(name -> unread.addAll(Golden.of(name).unread()));
        assertThat(unread).isEmpty();
        try (Stream<Path> files = Files.list(GOLDENS)) {
            assertThat(files.filter(file -> file.toString().endsWith(".safetensors")))
                    .hasSameSizeAs(cases);
        }
    }

    private static void run(Class<?>... tests) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(Stream.of(tests)
                                        .map(DiscoverySelectors::selectClass)
                                        .toList())
                                .build(),
                        listener);
        assertThat(listener.getSummary().getTotalFailureCount()).isZero();
        assertThat(listener.getSummary().getTestsSucceededCount()).isGreaterThan(100);
    }
}
