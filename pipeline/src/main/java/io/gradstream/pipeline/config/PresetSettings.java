package io.gradstream.pipeline.config;

import io.gradstream.model.spec.Default;
import io.gradstream.model.spec.Doc;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What several presets have in common: settings, each with its words and default. */
final class PresetSettings {
    private PresetSettings() {}

    @Doc("Units of each hidden layer.")
    @Default("[64, 32]")
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    @interface Hidden {}

    @Doc("Floats in the embedding of a category.")
    @Default("8")
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    @interface Embedding {}

    @Doc("Fraction of hidden units dropped while learning.")
    @Default("0")
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    @interface Dropout {}

    @Doc("Length of a feature's vector, for each output.")
    @Default("8")
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    @interface Factors {}

    @Doc("Length of a state.")
    @Default("64")
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    @interface Units {}

    @Doc("Layers, each over the states of the one before.")
    @Default("1")
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    @interface States {}

    @Doc("Whether each layer also runs backwards over the steps.")
    @Default("false")
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    @interface Bidirectional {}

    @Doc("Floats in the embedding of a token or category.")
    @Default("16")
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    @interface StepEmbedding {}

    @Doc("Fraction of states and hidden units dropped while learning.")
    @Default("0")
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    @interface StepDropout {}
}
