package io.gradstream.model.layers;

import io.gradstream.model.spec.Default;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;

/**
 * A gated recurrent unit over the steps of a sequence (Cho et al. 2014): r, z = sigmoid(W x + b + U h + c), n = tanh(W x + b + r (U h + c)), each
 * with a block of its own; h' = (1 - z) n + z h, starting from 0.
 *
 * @param units length of a state
 * @param layers how many, each reading the states of the one before
 * @param bidirectional whether each layer also runs from a row's last step to its first; the two states are put one after the other
 * @param outputs which states are the output
 */
@Kind("gru")
@Doc("A gated recurrent unit over the steps of a sequence.")
public record Gru(
        @Doc("Length of a state, at least 1.") int units,

        @Doc("How many layers, at least 1.") @Default("1") int layers,

        @Doc("Whether each layer also runs backwards over the steps.") @Default("false")
        boolean bidirectional,

        @Doc("Which states are the output.") @Default("last")
        RecurrentOutputs outputs)
        implements LayerSpec {
    public Gru {
        Recurrent.check(units, layers);
    }

    /** One layer, forwards, of which the last state is the output. */
    public Gru(int units) {
        this(units, 1, false, RecurrentOutputs.LAST);
    }

    @Override
    public Declared declare(Site site) {
        return Recurrent.declare(site, RecurrentTrack.Cell.GRU, units, layers, bidirectional, outputs);
    }
}
