package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What JDK 17 and 25 print as G1HeapRegionSize for the same options. */
class RegionsTest {
    private static final long MIB = 1 << 20;

    @ParameterizedTest
    @CsvSource({"300, 1", "2048, 1", "3000, 2", "4096, 2", "5000, 4", "1000000, 32"})
    void aPowerOfTwoForAbout2048(long heap, long region) {
        assertThat(Regions.ofG1(List.of("-Xmx" + heap + "m"), heap * MIB)).isEqualTo(region * MIB);
    }

    @Test
    void orWhatTheOptionsSay() {
        assertThat(Regions.ofG1(List.of("-XX:+UseG1GC", "-XX:G1HeapRegionSize=16m"), 300 * MIB))
                .isEqualTo(16 * MIB);
        assertThat(Regions.ofG1(List.of("-XX:G1HeapRegionSize=4096K"), 300 * MIB))
                .isEqualTo(4 * MIB);
    }

    @Test
    void onlyLargeArraysLeaveSomething() {
        Regions regions = new Regions(MIB);
        assertThat(regions.unused(MIB / 2 - 16)).isZero();
        assertThat(regions.unused(MIB)).isEqualTo(MIB - 16);
        assertThat(regions.unused(2 * MIB - 16)).isZero();
        assertThat(new Regions(0).unused(MIB)).isZero();
    }
}
