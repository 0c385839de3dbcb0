package io.gradstream.pipeline.features;

import io.gradstream.model.spec.Default;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;
import java.util.List;
import java.util.Optional;

/** A text as a sequence of hashed words or characters. */
@Kind("tokens")
@Doc("A text as a sequence of hashed words or characters, with an input of its own that layers name.")
record TokensFeature(
        @Doc("Text field.") List<String> of,

        @Doc("The most tokens of a text; of a longer one some are left out, see keep.")
        int steps,

        @Doc("Ids that tokens are hashed to, one of them for padding.") @Default("16384")
        int buckets,

        @Doc("words (letters and digits between anything else, ASCII letters in lower case) or characters.")
        @Default("words")
        TokensBy by,

        @Doc("Which tokens of a longer text are kept: the first or the last.") @Default("first")
        Keep keep,

        @Doc("Name of the input; without it the field's.") Optional<String> name,

        @Doc("A record without it is a dead letter; if not, it is a text of no tokens.") @Default("false")
        boolean required)
        implements FeatureSpec {
    TokensFeature {
        ListColumns.requireAtLeastOne("steps", steps);
        if (buckets < 2) {
            throw new IllegalArgumentException("buckets must be at least 2 (one is for padding), was " + buckets);
        }
    }

    /** What a token is. */
    enum TokensBy {
        WORDS,
        CHARACTERS
    }
}
