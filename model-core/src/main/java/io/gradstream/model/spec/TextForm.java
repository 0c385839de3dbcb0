package io.gradstream.model.spec;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Optional;

/** The {@link FromText} method of a type. */
final class TextForm {
    private final Method method;

    private TextForm(Method method) {
        this.method = method;
        method.setAccessible(true);
    }

    static Optional<TextForm> of(Class<?> type) {
        for (Method each : type.getDeclaredMethods()) {
            if (each.isAnnotationPresent(FromText.class) && Modifier.isStatic(each.getModifiers())) {
                return Optional.of(new TextForm(each));
            }
        }
        return Optional.empty();
    }

    /** What the text stands for. What the method refuses is thrown as it is. */
    Object read(String text) {
        try {
            return method.invoke(null, text);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(method + " failed", thrown.getCause());
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException("cannot call " + method, impossible);
        }
    }
}
