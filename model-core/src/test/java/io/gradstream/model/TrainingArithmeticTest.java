package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole training runs have the same bits on every JDK, at every vector width and in plain Java, and a spec has the same hash: both are
 * committed. {@code -Dtest.jvm='-Dgradstream.write-checksums=true'} writes them anew, where arithmetic or settings are meant to change.
 */
class TrainingArithmeticTest {
    private static final Path FILE = Path.of("src", "test", "resources", "checksums", "training.txt");
    private static final int ROWS = 777;

    @ParameterizedTest
    @MethodSource("io.gradstream.model.ContractSpecs#all")
    void aRunHasTheCommittedBits(NamedSpec named) throws IOException {
        List<String> lines = Files.readAllLines(FILE);
        assertThat(lines).contains(line(named));
    }

    @Test
    void everyModelHasItsLineAndEveryLineItsModel() throws IOException {
        List<NamedSpec> all = ContractSpecs.all().toList();
        if (Boolean.getBoolean("gradstream.write-checksums")) {
            Files.write(FILE, all.stream().map(TrainingArithmeticTest::line).toList());
        }
        assertThat(Files.readAllLines(FILE).stream().map(line -> line.substring(130)))
                .isEqualTo(all.stream().map(NamedSpec::name).toList());
    }

    /** The spec's hash, and that of all scores on the way, the weights and the optimizer's slots. */
    private static String line(NamedSpec named) {
        return named.spec().hash() + " " + checksum(named.spec()) + " " + named.name();
    }

    private static String checksum(ModelSpec spec) {
        MessageDigest digest = sha256();
        Learner learner = Learner.create(spec);
        Example example = new Example(spec, 17);
        Batch batch = new Batch(spec.layout(), 13);
        float[] scores = new float[13 * learner.outputs()];
        ByteBuffer bytes = ByteBuffer.allocate(scores.length * Float.BYTES);
        for (int i = 0; i < ROWS; i++) {
            example.next().addTo(batch);
            if (batch.isFull()) {
                learner.score(batch, scores);
                bytes.asFloatBuffer().put(scores);
                digest.update(bytes.array());
                batch.clear();
            }
            example.learnBy(learner);
        }
        digest.update(HexFormat.of().parseHex(Tensors.sha256(learner.snapshot(Map.of()))));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
