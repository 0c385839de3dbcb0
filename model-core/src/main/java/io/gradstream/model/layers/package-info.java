/** Layers: each a spec, what it declares (shapes, parameters, state), and a forward and backward pass over given buffers. */
package io.gradstream.model.layers;
