package io.gradstream.quickstart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a JVM holds when its garbage is gone, classes among it.
 *
 * @param classes how many are loaded
 * @param metaspace bytes
 */
record JvmFigures(long classes, long metaspace, long threads) {

    /** Of a process of this user, by the JDK's own {@code jcmd}. */
    static JvmFigures of(long process) throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        String id = Long.toString(process);
        ClusterProcesses.run(jcmd, id, "GC.run");
        Map<String, String> counters = ClusterProcesses.run(jcmd, id, "PerfCounter.print")
                .lines()
                .map(line -> line.split("=", 2))
                .filter(line -> line.length == 2)
                .collect(Collectors.toMap(line -> line[0], line -> line[1]));
        return new JvmFigures(
                Long.parseLong(counters.get("java.cls.loadedClasses"))
                        - Long.parseLong(counters.get("java.cls.unloadedClasses")),
                Long.parseLong(counters.get("sun.gc.metaspace.used")),
                Long.parseLong(counters.get("java.threads.live")));
    }
}
