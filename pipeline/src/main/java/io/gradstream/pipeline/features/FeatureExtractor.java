package io.gradstream.pipeline.features;

import io.gradstream.connectors.formats.FieldValues;

/** Makes the flat row of an event. One thread; allocates nothing. */
public interface FeatureExtractor {

    /**
     * @param values the event's fields, in the order of its input
     * @param numbers filled: layout().numbers() values, NaN where missing
     * @param ids filled: layout().ids() values, 0 where missing
     * @throws BadExampleException when a value cannot be used; the arrays are then undefined
     */
    void extract(FieldValues values, float[] numbers, int[] ids) throws BadExampleException;
}
