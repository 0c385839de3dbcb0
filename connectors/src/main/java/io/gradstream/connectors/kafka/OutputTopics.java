package io.gradstream.connectors.kafka;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Where each kind of record goes. A null topic means that records of this kind are not written.
 *
 * @param predictions topic of predictions, or null
 * @param snapshots topic of snapshot chunks and manifests, or null
 * @param metrics topic of evaluations, or null
 * @param deadLetters topic of dead letters, or null
 */
public record OutputTopics(String predictions, String snapshots, String metrics, String deadLetters)
        implements Serializable {
    private static final long serialVersionUID = 1;

    /** The topics that are written, in the order above. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        for (String name : new String[] {predictions, snapshots, metrics, deadLetters}) {
            if (name != null) {
                names.add(name);
            }
        }
        return names;
    }
}
