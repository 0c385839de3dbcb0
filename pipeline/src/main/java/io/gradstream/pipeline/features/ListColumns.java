package io.gradstream.pipeline.features;

import io.gradstream.connectors.formats.FieldValues;
import io.gradstream.model.ImageInput;
import io.gradstream.model.InputSpec;
import io.gradstream.model.SequenceInput;
import io.gradstream.model.TokensInput;
import io.gradstream.pipeline.features.TokensFeature.TokensBy;
import java.io.Serializable;
import java.util.Arrays;

/** The parts of a row that are inputs of their own, behind its numbers and its categories. What a list does not fill is 0. */
final class ListColumns {
    private ListColumns() {}

    static void requireAtLeastOne(String key, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(key + " must be at least 1, was " + value);
        }
    }

    /** One such part. */
    sealed interface ListColumn extends Serializable {
        /** The input that it fills. */
        InputSpec input();

        /** Fills its part of the row. */
        void extract(FieldValues values, float[] numbers, int[] ids) throws BadExampleException;
    }

    /** A sequence: its numbers, and behind its ids' place how many steps there are. */
    record SequenceColumn(
            String name,
            int field,
            String path,
            int most,
            int width,
            Keep keep,
            boolean required,
            int numbersAt,
            int idsAt)
            implements ListColumn {
        @Override
        public InputSpec input() {
            return new SequenceInput(name, most, width);
        }

        @Override
        public void extract(FieldValues values, float[] numbers, int[] ids) throws BadExampleException {
            boolean present = values.present(field);
            if (!present) {
                Columns.require(required, path);
            }
            int count = present ? values.listLength(field) : 0;
            if (count % width != 0) {
                throw new BadExampleException(
                        BadExampleException.WRONG_SHAPE,
                        "field '" + path + "' must have a multiple of " + width + " numbers, had " + count);
            }
            int steps = Math.min(count / width, most);
            int from = values.listStart(field) + keep.from(count / width, most) * width;
            for (int i = 0; i < steps * width; i++) {
                numbers[numbersAt + i] = (float) Columns.checked(values.list()[from + i], path);
            }
            Arrays.fill(numbers, numbersAt + steps * width, numbersAt + most * width, 0);
            ids[idsAt] = steps;
        }
    }

    /** An image. */
    record ImageColumn(
            String name, int field, String path, int height, int width, int channels, double divideBy, int numbersAt)
            implements ListColumn {
        @Override
        public InputSpec input() {
            return new ImageInput(name, height, width, channels);
        }

        @Override
        public void extract(FieldValues values, float[] numbers, int[] ids) throws BadExampleException {
            if (!values.present(field)) {
                Columns.require(true, path);
            }
            int size = height * width * channels;
            if (values.listLength(field) != size) {
                throw new BadExampleException(
                        BadExampleException.WRONG_SHAPE,
                        "field '" + path + "' must have " + size + " numbers (" + height + " x " + width + " x "
                                + channels + "), had " + values.listLength(field));
            }
            int from = values.listStart(field);
            for (int i = 0; i < size; i++) {
                double value = values.list()[from + i] / divideBy;
                numbers[numbersAt + i] = (float) Columns.checked(value, path);
            }
        }
    }

    /** A text's tokens, and behind them how many there are. Id 0 is padding. */
    record TokensColumn(
            String name,
            int field,
            String path,
            int most,
            int buckets,
            TokensBy by,
            Keep keep,
            boolean required,
            int idsAt)
            implements ListColumn {
        @Override
        public InputSpec input() {
            return new TokensInput(name, buckets, most);
        }

        @Override
        public void extract(FieldValues values, float[] numbers, int[] ids) throws BadExampleException {
            boolean present = values.present(field);
            if (!present) {
                Columns.require(required, path);
            }
            int count = present ? fill(values, ids) : 0;
            Arrays.fill(ids, idsAt + count, idsAt + most, 0);
            ids[idsAt + most] = count;
        }

        /** Counts the tokens first where the last are kept, since only then it is known which those are. */
        private int fill(FieldValues values, int[] ids) {
            byte[] text = values.text();
            int start = values.textStart(field);
            int end = start + values.textLength(field);
            boolean words = by == TokensBy.WORDS;
            int skip = 0;
            if (keep == Keep.LAST) {
                int all = 0;
                for (int at = Tokens.next(text, start, end, words); at < end; all++) {
                    at = Tokens.next(text, Tokens.end(text, at, end, words), end, words);
                }
                skip = keep.from(all, most);
            }
            int count = 0;
            int seen = 0;
            for (int at = Tokens.next(text, start, end, words); at < end && count < most; seen++) {
                int tokenEnd = Tokens.end(text, at, end, words);
                if (seen >= skip) {
                    long hash = Tokens.hash(text, at, tokenEnd, words);
                    ids[idsAt + count++] = Hashing.id(hash, buckets);
                }
                at = Tokens.next(text, tokenEnd, end, words);
            }
            return count;
        }
    }
}
