package io.gradstream.model.layers;

import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;

/**
 * A plain recurrent layer over the steps of a sequence (Elman 1990): h' = tanh(W x + b + U h + c), starting from 0.
 *
 * @param units length of a state
 * @param layers how many, each reading the states of the one before
 * @param bidirectional whether each layer also runs from a row's last step to its first; the two states are put one after the other
 * @param outputs which states are the output
 */
@Kind("rnn")
@Doc("A plain recurrent layer (tanh) over the steps of a sequence.")
public record Rnn(
        @RecurrentSettings.Units int units,

        @RecurrentSettings.Layers int layers,

        @RecurrentSettings.Bidirectional boolean bidirectional,

        @RecurrentSettings.Outputs RecurrentOutputs outputs)
        implements LayerSpec {
    public Rnn {
        Recurrent.check(units, layers);
    }

    /** One layer, forwards, of which the last state is the output. */
    public Rnn(int units) {
        this(units, 1, false, RecurrentOutputs.LAST);
    }

    @Override
    public Declared declare(Site site) {
        return Recurrent.declare(site, RecurrentTrack.Cell.RNN, units, layers, bidirectional, outputs);
    }
}
