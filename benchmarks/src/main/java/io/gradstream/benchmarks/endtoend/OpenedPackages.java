package io.gradstream.benchmarks.endtoend;

import java.util.List;
import java.util.stream.Stream;

/** What Flink needs opened on JDK 17 and newer, as its own distribution sets it. */
final class OpenedPackages {
    static final List<String> ALL = Stream.of(
                    "java.lang",
                    "java.net",
                    "java.io",
                    "java.nio",
                    "sun.nio.ch",
                    "java.lang.reflect",
                    "java.text",
                    "java.time",
                    "java.util",
                    "java.util.concurrent",
                    "java.util.concurrent.atomic",
                    "java.util.concurrent.locks")
            .map(name -> "--add-opens=java.base/" + name + "=ALL-UNNAMED")
            .toList();

    private OpenedPackages() {}
}
