package io.gradstream.pipeline.features;

import io.gradstream.connectors.formats.FieldValues;

/**
 * What an example counts for in the loss, by a field of its event.
 *
 * @param field its index
 * @param path what messages call it
 */
public record ExampleWeight(int field, String path) {

    /**
     * The weight; 1 where the field is missing.
     *
     * @throws BadExampleException when it is negative, or no number that a feature may be
     */
    public float of(FieldValues values) throws BadExampleException {
        if (!values.present(field)) {
            return 1;
        }
        double weight = Columns.checked(values.number(field), path);
        if (weight < 0) {
            throw new BadExampleException(
                    BadExampleException.OUT_OF_RANGE,
                    "field '" + path + "' is the weight of the example and must be 0 or more, was " + weight);
        }
        return (float) weight;
    }
}
