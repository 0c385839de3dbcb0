package io.gradstream.model;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/**
 * The regions of a heap in which a large array has whole ones to itself.
 *
 * @param bytes of each; 0 where a heap has none
 */
record Regions(long bytes) {
    /** Those of this JVM. */
    static final Regions HERE = new Regions(ofG1());

    private static final long HEADER_BYTES = 16;

    /** Of the region in which it ends, what an array of so many bytes leaves to nobody: G1 puts more than half a region apart. */
    long unused(long array) {
        long taken = array + HEADER_BYTES;
        return bytes == 0 || taken <= bytes / 2 ? 0 : (bytes - taken % bytes) % bytes;
    }

    private static long ofG1() {
        if (ModuleLayer.boot().findModule("jdk.management").isEmpty()) {
            return 0;
        }
        HotSpotDiagnosticMXBean jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        try {
            boolean g1 = Boolean.parseBoolean(jvm.getVMOption("UseG1GC").getValue());
            return g1 ? Long.parseLong(jvm.getVMOption("G1HeapRegionSize").getValue()) : 0;
        } catch (IllegalArgumentException e) {
            // Not a JVM with G1.
            return 0;
        }
    }
}
