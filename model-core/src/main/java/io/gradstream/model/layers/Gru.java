package io.gradstream.model.layers;

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
        @RecurrentSettings.Units int units,

        @RecurrentSettings.Layers int layers,

        @RecurrentSettings.Bidirectional boolean bidirectional,

        @RecurrentSettings.Outputs RecurrentOutputs outputs)
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
