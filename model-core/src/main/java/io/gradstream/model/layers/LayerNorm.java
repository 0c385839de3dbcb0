package io.gradstream.model.layers;

import io.gradstream.model.parameters.Shape;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;

/**
 * Layer normalisation over the innermost dimension: (x - mean) / √(variance + 1e-5), times a learned weight (1 at first), plus a learned
 * bias (0 at first) (Ba et al. 2016, equation 4).
 */
@Kind("layer-norm")
@Doc("Brings each vector to mean 0 and variance 1, then scales and shifts it by learned numbers.")
public record LayerNorm() implements LayerSpec {
    @Override
    public Declared declare(Site site) {
        Shape shape = site.onlyNumbers().shape();
        Norm.Parameters parameters = Norm.Parameters.declare(site, "", shape.last());
        return site.outputWithSteps(shape, room -> new PieceLayer(new Norm(parameters, shape.vectors(), room), room));
    }
}
