package io.gradstream.model;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The regions of a heap in which a large array has whole ones to itself.
 *
 * @param bytes of each; 0 where a heap has none
 */
record Regions(long bytes) {
    private static final Pattern OPTION = Pattern.compile("(?i)-XX:G1HeapRegionSize=([0-9]{1,4})([kmg])");

    private static final long HEADER_BYTES = 16;

    /** Those of this JVM. */
    static final Regions HERE = new Regions(ofG1());

    /** Of the region in which it ends, what an array of so many bytes leaves to nobody: G1 puts more than half a region apart. */
    long unused(long array) {
        long taken = array + HEADER_BYTES;
        return bytes == 0 || taken <= bytes / 2 ? 0 : (bytes - taken % bytes) % bytes;
    }

    private static long ofG1() {
        if (ModuleLayer.boot().findModule("java.management").isEmpty()
                || ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .noneMatch(collector -> collector.getName().startsWith("G1"))) {
            return 0;
        }
        return ofG1(
                ManagementFactory.getRuntimeMXBean().getInputArguments(),
                Runtime.getRuntime().maxMemory());
    }

    /** As the JVM was told with its options, or as it chooses: a power of two, for about 2048 regions. */
    static long ofG1(List<String> options, long heap) {
        long chosen = Long.highestOneBit(Math.max(1, heap / 2048 - 1)) * 2;
        for (String option : options) {
            Matcher told = OPTION.matcher(option);
            if (told.matches()) {
                chosen = Long.highestOneBit(Long.parseLong(told.group(1))
                        << 10 * "kmg".indexOf(told.group(2).toLowerCase(Locale.ROOT)) + 10);
            }
        }
        return Math.max(1 << 20, Math.min(32 << 20, chosen));
    }
}
