package io.gradstream.model;

import io.gradstream.model.layers.Signal;
import io.gradstream.model.parameters.Shape;
import io.gradstream.model.spec.Default;
import io.gradstream.model.spec.Discriminator;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A named slice of a flat row. The inputs of a spec lie in a row in their order. */
@Discriminator("input")
@Doc("A named slice of a row.")
public sealed interface InputSpec
        permits InputSpec.NumbersInput, InputSpec.CategoriesInput, SequenceInput, TokensInput, ImageInput {
    /** What layers call it. */
    String name();

    /** How many of a row's floats are its. */
    int numbers();

    /** How many of a row's ids are its. */
    default int ids() {
        return 0;
    }

    /** One above the largest value of its id {@code i}; the smallest is 0. */
    default int idLimit(int i) {
        throw new IndexOutOfBoundsException(i);
    }

    /** What its id {@code i} is called in a message. */
    default String idName(int i) {
        throw new IndexOutOfBoundsException(i);
    }

    /** What it is to the layers that read it. */
    Signal signal();

    /**
     * Plain numbers: one vector a row.
     *
     * @param name what layers call it
     * @param width how many
     * @param missing whether NaN stands for a missing number; if not, NaN is refused
     */
    @Kind("numbers")
    @Doc("Plain numbers: one vector a row.")
    record NumbersInput(
            @Doc("What layers call it.") String name,
            @Doc("How many numbers, at least 1.") int width,

            @Doc("Whether a number may be missing.") @Default("false")
            boolean missing)
            implements InputSpec {
        public NumbersInput {
            InputRules.require(name);
            InputRules.atLeastOne("width", width);
            InputRules.inARow(name, "numbers", width);
        }

        @Override
        public int numbers() {
            return width;
        }

        @Override
        public Signal signal() {
            return Signal.numbers(name, Shape.of(width), missing, false);
        }
    }

    /**
     * Categories: one id a field and row.
     *
     * @param name what layers call it
     * @param fields the categories in their order
     */
    @Kind("categories")
    @Doc("Categories: one id a field and row.")
    record CategoriesInput(
            @Doc("What layers call it.") String name,
            @Doc("The categories in their order.") List<CategoryField> fields) implements InputSpec {
        public CategoriesInput {
            InputRules.require(name);
            fields = List.copyOf(fields);
            if (fields.isEmpty()) {
                throw new IllegalArgumentException("fields must name at least one category");
            }
            Set<String> names = new HashSet<>();
            for (CategoryField field : fields) {
                if (!names.add(field.name())) {
                    throw new IllegalArgumentException(
                            "fields must have names of their own, two were '" + field.name() + "'");
                }
            }
        }

        @Override
        public int numbers() {
            return 0;
        }

        @Override
        public int ids() {
            return fields.size();
        }

        @Override
        public int idLimit(int i) {
            return fields.get(i).buckets();
        }

        @Override
        public String idName(int i) {
            return "field '" + fields.get(i).name() + "'";
        }

        @Override
        public Signal signal() {
            return Signal.ids(
                    name,
                    Shape.of(fields.size()),
                    fields.stream()
                            .map(field -> new Signal.Categories(field.name(), field.buckets()))
                            .toList(),
                    false);
        }
    }
}
