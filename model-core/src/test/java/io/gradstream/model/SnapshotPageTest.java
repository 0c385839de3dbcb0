package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.model.snapshots.Safetensors;
import io.gradstream.model.snapshots.SnapshotException;
import io.gradstream.model.snapshots.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/snapshot-format.md against snapshots of all kinds of models. */
class SnapshotPageTest {
    private static final Pattern SLOT = Pattern.compile("optimizer\\.([a-z]+)/.*");
    private static final Pattern OWN = Pattern.compile("(learner|pending)/[a-z]+");

    @ParameterizedTest
    @MethodSource("io.gradstream.model.ContractSpecs#all")
    void everyKeyAndTensorIsDescribed(NamedSpec named) throws IOException, SnapshotException {
        String page = Files.readString(Path.of("../docs/snapshot-format.md"));
        Safetensors file = Safetensors.read(Learner.create(named.spec()).snapshot(Map.of()));

        assertThat(file.metadata()).isNotEmpty();
        file.metadata().keySet().forEach(key -> assertThat(page).contains("| `" + key + "` |"));
        for (Tensor each : file.tensors()) {
            Matcher slot = SLOT.matcher(each.name());
            if (slot.matches()) {
                assertThat(page).contains("`" + slot.group(1) + "`");
            } else if (OWN.matcher(each.name()).matches()) {
                assertThat(page).contains("`" + each.name() + "`");
            }
            assertThat(page).contains(each.type().name());
        }
    }
}
