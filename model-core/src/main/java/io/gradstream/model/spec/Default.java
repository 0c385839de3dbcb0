package io.gradstream.model.spec;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The value of a component that is left out. A component without this must be given, unless it is an {@code Optional}. As {@link Doc}, it may
 * stand on an annotation of the component: what several records have in common is then declared once.
 *
 * <p>Written as in the file: {@code "0.001"}, {@code "true"}, {@code "5m"}, {@code "adam"}; lists, maps and sections in JSON: {@code "[]"},
 * {@code "{}"} (a section of defaults), {@code "{\"type\": \"adam\"}"}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.ANNOTATION_TYPE})
public @interface Default {
    /** The text. */
    String value();
}
