package io.gradstream.model.spec;

import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What reflection finds out about a record, once. A record that cannot be bound is a defect of the program: IllegalStateException. */
final class RecordShape {
    /** One component: a setting. */
    record Component(String key, Type type, Optional<String> defaultText, String doc, boolean inline, Method accessor) {
        boolean optional() {
            return rawType(type) == Optional.class;
        }

        boolean required() {
            return defaultText.isEmpty() && !optional();
        }

        Object of(Object record) {
            return invoke(accessor, record);
        }
    }

    private static final ClassValue<RecordShape> SHAPES = new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
            return new RecordShape(type);
        }
    };

    private final Class<?> type;
    private final Constructor<?> constructor;
    private final Map<String, Component> components = new LinkedHashMap<>();

    private RecordShape(Class<?> type) {
        this.type = type;
        List<Class<?>> parameters = new ArrayList<>();
        for (RecordComponent each : type.getRecordComponents()) {
            parameters.add(each.getType());
            Key key = each.getAnnotation(Key.class);
            String name = key == null ? Names.kebab(each.getName()) : key.value();
            if (components.put(name, component(name, each)) != null) {
                throw new IllegalStateException(type.getName() + " has the key '" + name + "' twice");
            }
        }
        try {
            constructor = type.getDeclaredConstructor(parameters.toArray(new Class<?>[0]));
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException(type.getName() + " has no canonical constructor", impossible);
        }
        constructor.setAccessible(true);
        checkInline();
    }

    private static Component component(String key, RecordComponent component) {
        Default preset = said(component, Default.class);
        Doc doc = said(component, Doc.class);
        Method accessor = component.getAccessor();
        accessor.setAccessible(true);
        if (preset != null && component.getType() == Optional.class) {
            throw new IllegalStateException(
                    component + " of " + component.getDeclaringRecord() + " is optional and has a default");
        }
        return new Component(
                key,
                component.getGenericType(),
                Optional.ofNullable(preset).map(Default::value),
                doc == null ? "" : doc.value(),
                component.isAnnotationPresent(Inline.class),
                accessor);
    }

    /** An annotation of the component or, if it has none, of one of its annotations. */
    private static <A extends Annotation> A said(RecordComponent component, Class<A> kind) {
        A said = component.getAnnotation(kind);
        for (Annotation each : component.getAnnotations()) {
            said = said == null ? each.annotationType().getAnnotation(kind) : said;
        }
        return said;
    }

    static RecordShape of(Class<?> record) {
        return SHAPES.get(record);
    }

    Class<?> type() {
        return type;
    }

    Map<String, Component> components() {
        return components;
    }

    /** The component whose keys stand beside the record's own. */
    Optional<Component> inline() {
        return components.values().stream().filter(Component::inline).findFirst();
    }

    /** The keys of the section that an inline component shares which are not the component's own. */
    List<String> besides(Component inline, List<String> others) {
        List<String> besides = new ArrayList<>(others);
        components.values().stream().filter(each -> each != inline).forEach(each -> besides.add(each.key()));
        return besides;
    }

    private void checkInline() {
        if (components.values().stream().filter(Component::inline).count() > 1) {
            throw new IllegalStateException(type.getName() + " has more than one @Inline component");
        }
        inline().ifPresent(inline -> {
            boolean required =
                    inline.defaultText().isEmpty() && rawType(inline.type()).isSealed();
            SealedShape sealed = required ? SealedShape.of(rawType(inline.type())) : null;
            if (sealed == null || !Collections.disjoint(sealed.keys(), besides(inline, List.of()))) {
                throw new IllegalStateException(
                        type.getName() + "." + inline.key()
                                + " cannot be @Inline: it must be a sealed interface, without a default, and no key may be there twice");
            }
        });
    }

    /** Makes the record. What its constructor refuses is thrown as it is. */
    Object make(Object[] values) {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("the constructor of " + type.getName() + " failed", thrown.getCause());
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("cannot make a " + type.getName(), impossible);
        }
    }

    /** The raw class of a component's type. */
    static Class<?> rawType(Type type) {
        if (type instanceof ParameterizedType generic) {
            return (Class<?>) generic.getRawType();
        }
        if (type instanceof Class<?> plain) {
            return plain;
        }
        throw new IllegalStateException("a setting cannot be of type " + type);
    }

    /** The n-th type argument: of List its element, of Map 1 its value. */
    static Type argument(Type type, int n) {
        if (type instanceof ParameterizedType generic) {
            return generic.getActualTypeArguments()[n];
        }
        throw new IllegalStateException("a setting of type " + type + " does not say what is in it");
    }

    private static Object invoke(Method method, Object on) {
        try {
            return method.invoke(on);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("cannot call " + method, impossible);
        }
    }
}
