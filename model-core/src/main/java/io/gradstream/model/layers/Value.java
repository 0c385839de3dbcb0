package io.gradstream.model.layers;

/**
 * A signal's floats (or ids) for every row of a batch, row-major, and their gradient. Several values may lie in the same array.
 *
 * @param data (capacity, shape); empty where it is ids
 * @param gradient of the loss with respect to the data; null where it is not wanted
 * @param ids (capacity, shape); empty where it is floats
 * @param lengths how many steps of each row are there, the others being padding; null where each row has all
 */
public record Value(float[] data, float[] gradient, int[] ids, int[] lengths) {}
