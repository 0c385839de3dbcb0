package io.gradstream.model.layers;

import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;

/**
 * A long short-term memory over the steps of a sequence (Hochreiter and Schmidhuber 1997; Gers et al. 2000): i, f, o = sigmoid and g = tanh
 * of W x + b + U h + c, each with a block of its own; cell' = f cell + i g; h' = o tanh(cell'), starting from 0. The forget gate's bias is 1
 * at first (Jozefowicz et al. 2015), the others 0.
 *
 * @param units length of a state
 * @param layers how many, each reading the states of the one before
 * @param bidirectional whether each layer also runs from a row's last step to its first; the two states are put one after the other
 * @param outputs which states are the output
 */
@Kind("lstm")
@Doc("A long short-term memory over the steps of a sequence.")
public record Lstm(
        @RecurrentSettings.Units int units,

        @RecurrentSettings.Layers int layers,

        @RecurrentSettings.Bidirectional boolean bidirectional,

        @RecurrentSettings.Outputs RecurrentOutputs outputs)
        implements LayerSpec {
    public Lstm {
        Recurrent.check(units, layers);
    }

    /** One layer, forwards, of which the last state is the output. */
    public Lstm(int units) {
        this(units, 1, false, RecurrentOutputs.LAST);
    }

    @Override
    public Declared declare(Site site) {
        return Recurrent.declare(site, RecurrentTrack.Cell.LSTM, units, layers, bidirectional, outputs);
    }
}
