package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole training runs have the same bits on every JDK, at every vector width and in plain Java: their checksums are constants. */
class TrainingArithmeticTest {
    private static final Map<String, String> CHECKSUMS = new HashMap<>();

    static {
        CHECKSUMS.put("logistic, ftrl", "aed1773b1d96ab68 e30a891c");
        CHECKSUMS.put("mlp, adam, clipped", "b36766d8495a2ed9 3e4d41d9");
        CHECKSUMS.put("wide and deep, adagrad", "50c37f89088d9421 b5501c5d");
        CHECKSUMS.put("three classes, adamw, cosine", "50c6188347d430d3 5737bc8");
        CHECKSUMS.put("regression, momentum, l1 l2", "a321e240cb769c1e 215b962");
        CHECKSUMS.put("activations and branches, rmsprop", "70775e74e5b01d98 6a648114");
        CHECKSUMS.put("recurrent layers, adam", "72209d76b12b4b52 caa2e2ce");
        CHECKSUMS.put("transformer encoder, adamw", "e833e7af7c6a0b88 cf008dad");
        CHECKSUMS.put("transformer decoder and attention, adam", "4d161c77b16695e5 c9dccdab");
        CHECKSUMS.put("cnn, smoothed and weighted classes", "802aec268a3cd623 18b698cd");
        CHECKSUMS.put("strided convolution, average pool, mean absolute error", "abd0c739566d7b04 38a44f96");
        CHECKSUMS.put("convolution of sequences, batch norm, huber", "be62f351595250a8 51afd092");
        CHECKSUMS.put("bag of tokens, poisson", "8c416a94cd67f2df c4db394d");
        CHECKSUMS.put("fm, three classes", "db0d757bb9ed7d1b 756321a7");
        CHECKSUMS.put("deepfm, focal", "0e21ab740cd570bf 4bddde13");
        CHECKSUMS.put("dcn, hinge", "0078d5c4e3f2b5fc 6b6098de");
        CHECKSUMS.put("mlp, quantile", "8acb41e0c0e49dde 8f76c4f1");
        CHECKSUMS.put("logistic, positive weight", "d2c60ec3c99c868b 260fd9f6");
        CHECKSUMS.put("lstm preset, mean squared error", "d3a0e18c465ce115 10b971a5");
        CHECKSUMS.put("gru preset, plain descent", "0bb7b4e5f26d659b 819b796b");
        CHECKSUMS.put("transformer preset, three classes", "7f32fed499a0c65f 76b523c");
    }

    @ParameterizedTest
    @MethodSource("io.gradstream.model.ContractSpecs#all")
    void theChecksumOfARunIsAConstant(NamedSpec named) {
        Learner learner = Learner.create(named.spec());
        Example example = new Example(named.spec(), 17);
        Batch batch = new Batch(named.spec().layout(), 13);
        float[] scores = new float[13 * learner.outputs()];
        int bits = 0;
        for (int i = 0; i < 777; i++) {
            example.next().addTo(batch);
            if (batch.isFull()) {
                learner.score(batch, scores);
                for (float score : scores) {
                    bits = 31 * bits + Float.floatToIntBits(score);
                }
                batch.clear();
            }
            example.learnBy(learner);
        }
        String checksum = Tensors.sha256(learner.snapshot(Map.of())).substring(0, 16) + " " + Integer.toHexString(bits);
        assertThat(checksum).isEqualTo(CHECKSUMS.get(named.name()));
    }
}
