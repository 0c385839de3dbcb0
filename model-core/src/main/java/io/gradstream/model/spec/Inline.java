package io.gradstream.model.spec;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a component of a sealed interface type: its keys stand beside the record's own instead of in a section of their own, as in {@code
 * {name: hidden, layer: linear, units: 64}}. At most one in a record; it must be given.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Inline {}
