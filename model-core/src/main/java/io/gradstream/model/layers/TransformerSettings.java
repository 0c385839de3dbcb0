package io.gradstream.model.layers;

import io.gradstream.model.spec.Default;
import io.gradstream.model.spec.Doc;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What {@link TransformerEncoder} and {@link TransformerDecoder} have in common: settings, each with its words and default. */
final class TransformerSettings {
    private TransformerSettings() {}

    @Doc("How many blocks, at least 1.")
    @Default("1")
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    @interface Blocks {}

    @Doc("How many heads; they must divide the width of the input.")
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    @interface Heads {}

    @Doc("Width between the two linear layers of a block, at least 1.")
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    @interface FeedForward {}

    @Doc("The function between them.")
    @Default("relu")
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    @interface Function {}

    @Doc("Where vectors are normalised.")
    @Default("pre")
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    @interface Norm {}

    @Doc("Probability of 0 while learning, also of attention's weights; at least 0 and below 1.")
    @Default("0")
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    @interface Dropped {}
}
