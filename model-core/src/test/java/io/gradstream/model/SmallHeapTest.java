package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.model.kernels.FreshJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that the heap has no room for is refused in one line, and leaves room for the next. */
class SmallHeapTest {
    private static final String REFUSED =
            "io.gradstream.model.layers.ShapeException: layers[1] 'wide' (linear): wanted ";

    /** Weights and gradients are 50.4 MB each, and take four regions of 16 MiB each: all eight. */
    @Test
    void arraysTakeWholeRegionsOfG1() throws Exception {
        List<String> options = List.of("-XX:+UseG1GC", "-XX:G1HeapRegionSize=16m", "-Xmx128m");
        List<String> made = FreshJvm.lines(options, SmallHeapMain.class, "12300", "4050");
        assertThat(made.get(0))
                .startsWith(REFUSED + "a model that needs at most 134217728 bytes, all of the heap, came 14")
                .endsWith(" what large arrays leave unused of regions of 16777216 bytes (G1)");
        assertThat(Memory.of(SmallHeapMain.spec(12300)).fixed()).isLessThan(110_000_000);
        assertThat(made.get(1)).isEqualTo("made");
    }

    /** All would fit, but one of the two generations has not room for two such arrays, and the other none for one. */
    @Test
    void aHeapThatIsFullRefusesToo(@TempDir Path folder) throws Exception {
        Learner learner = Learner.create(SmallHeapMain.spec(3000));
        Path model = Files.write(folder.resolve("model"), learner.snapshot(Map.of()));
        Path snapshot = Files.write(folder.resolve("learner"), learner.snapshot(Map.of()));
        List<String> made = FreshJvm.lines(
                List.of("-XX:+UseSerialGC", "-Xmx32m"),
                SmallHeapMain.class,
                "3000",
                model.toString(),
                snapshot.toString(),
                "1000");
        String room =
                "a model for which a heap of \\d+ bytes has room beside all else in it, came 2\\d{7}, of which 2\\d{7} are for this";
        String refused = "\\Q" + REFUSED + "\\E" + room;
        String exception = "io.gradstream.model.snapshots.SnapshotException: no ";
        assertThat(made.get(0)).matches(refused);
        assertThat(made.get(1))
                .matches(exception + "model can be made of the snapshot here: wanted room for the 12\\d{6} bytes of its"
                        + " dense parameters and for its rows of tables, came a heap of \\d+ bytes that lacks it");
        assertThat(made.get(2))
                .matches(exception
                        + "learner can be made of the snapshot here: layers\\[1] 'wide' \\(linear\\): wanted " + room);
        assertThat(made.get(3)).isEqualTo("made");
    }
}
