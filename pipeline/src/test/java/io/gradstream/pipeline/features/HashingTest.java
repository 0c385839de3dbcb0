package io.gradstream.pipeline.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashingTest {

    @ParameterizedTest
    @CsvSource({
        "'', EF46DB3751D8E999",
        "a, D24EC4F1A98C6E5B",
        "abc, 44BC2CF5AD770999",
        "Nobody inspects the spammish repetition, FBCEA83C8A378BF1"
    })
    void xxh64HasItsPublishedValues(String text, String hash) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(Hashing.xxh64(bytes, 0, bytes.length)).isEqualTo(Long.parseUnsignedLong(hash, 16));
    }

    @Test
    void xxh64ReadsOnlyItsRange() {
        Random random = new Random(1);
        for (int length = 0; length < 130; length++) {
            byte[] alone = new byte[length];
            random.nextBytes(alone);
            byte[] within = new byte[length + 20];
            random.nextBytes(within);
            System.arraycopy(alone, 0, within, 7, length);
            assertThat(Hashing.xxh64(within, 7, length)).isEqualTo(Hashing.xxh64(alone, 0, length));
            if (length > 0) {
                alone[length - 1] ^= 1;
                assertThat(Hashing.xxh64(within, 7, length)).isNotEqualTo(Hashing.xxh64(alone, 0, length));
            }
        }
    }

    @Test
    void idIsTheUpperHalfOfAnUnsignedProduct() {
        Random random = new Random(2);
        for (int i = 0; i < 10_000; i++) {
            long hash = i == 0 ? 0 : i == 1 ? -1 : i == 2 ? Long.MIN_VALUE : random.nextLong();
            int buckets = i % 5 == 0 ? Integer.MAX_VALUE : 2 + random.nextInt(1 << (1 + i % 30));
            BigInteger product = new BigInteger(Long.toUnsignedString(hash)).multiply(BigInteger.valueOf(buckets - 1L));
            int id = Hashing.id(hash, buckets);
            assertThat(id).isEqualTo(1 + product.shiftRight(64).intValueExact());
            assertThat(id).isBetween(1, buckets - 1);
        }
    }

    @Test
    void idsOfRealisticTextsAreEven() {
        int buckets = 1001;
        int[] counts = new int[buckets];
        int texts = 200_000;
        for (int i = 0; i < texts; i++) {
            byte[] bytes = ("user-" + i).getBytes(StandardCharsets.UTF_8);
            counts[Hashing.id(Hashing.xxh64(bytes, 0, bytes.length), buckets)]++;
        }
        double expected = texts / (double) (buckets - 1);
        double chiSquare = Arrays.stream(counts, 1, buckets)
                .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                .sum();
        assertThat(counts[0]).isZero();
        // 999 degrees of freedom: mean 999, standard deviation 45.
        assertThat(chiSquare).isBetween(800.0, 1200.0);
    }
}
