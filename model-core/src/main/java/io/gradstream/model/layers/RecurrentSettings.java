package io.gradstream.model.layers;

import io.gradstream.model.spec.Default;
import io.gradstream.model.spec.Doc;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What {@link Rnn}, {@link Lstm} and {@link Gru} have in common: settings, each with its words and default. */
final class RecurrentSettings {
    private RecurrentSettings() {}

    @Doc("Length of a state, at least 1.")
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    @interface Units {}

    @Doc("How many layers, at least 1.")
    @Default("1")
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    @interface Layers {}

    @Doc("Whether each layer also runs backwards over the steps.")
    @Default("false")
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    @interface Bidirectional {}

    @Doc("Which states are the output.")
    @Default("last")
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    @interface Outputs {}
}
