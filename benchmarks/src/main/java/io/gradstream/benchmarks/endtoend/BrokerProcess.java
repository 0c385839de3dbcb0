package io.gradstream.benchmarks.endtoend;

import io.gradstream.broker.EmbeddedBroker;
import java.util.Map;

/** A broker in a process of its own, until its input ends. */
final class BrokerProcess {
    static final String READY = "BROKER ";

    private BrokerProcess() {}

    /** Prints where the broker is, and stops it when standard input is closed. */
    public static void main(String[] arguments) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.startTemporary(Map.of("auto.create.topics.enable", "true"))) {
            System.out.println(READY + broker.bootstrap());
            while (System.in.read() >= 0) {
                continue;
            }
        }
        System.exit(0);
    }
}
