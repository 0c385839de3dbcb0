package io.gradstream.model.spec;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a static method {@code T of(String)} of a record or sealed interface T: bare text in its place is read by this method, so that
 * {@code distance} can stand for {@code {field: distance}}. Written back in the long form. An IllegalArgumentException of the method
 * is reported at the key.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface FromText {}
