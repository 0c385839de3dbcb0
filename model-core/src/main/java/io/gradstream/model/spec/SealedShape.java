package io.gradstream.model.spec;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The kinds of a sealed interface and the key that tells them apart. */
final class SealedShape {
    private static final ClassValue<SealedShape> SHAPES = new ClassValue<>() {
        @Override
        protected SealedShape computeValue(Class<?> type) {
            return new SealedShape(type);
        }
    };

    private final String discriminator;
    /** In the order of their names: compilers differ in the order in which they list an interface's records. */
    private final Map<String, Class<?>> kinds = new TreeMap<>();

    private SealedShape(Class<?> type) {
        Discriminator key = type.getAnnotation(Discriminator.class);
        if (!type.isSealed() || !type.isInterface() || key == null) {
            throw new IllegalStateException(type.getName() + " is no sealed interface with a @Discriminator");
        }
        discriminator = key.value();
        addKinds(type);
    }

    private void addKinds(Class<?> type) {
        for (Class<?> each : type.getPermittedSubclasses()) {
            if (each.isInterface() && each.isSealed()) {
                addKinds(each);
                continue;
            }
            Kind kind = each.getAnnotation(Kind.class);
            if (!each.isRecord() || kind == null) {
                throw new IllegalStateException(each.getName() + " is no record with a @Kind");
            }
            if (RecordShape.of(each).components().containsKey(discriminator)) {
                throw new IllegalStateException(each.getName() + " uses the key '" + discriminator + "' of its kind");
            }
            if (kinds.put(kind.value(), each) != null) {
                throw new IllegalStateException(type.getName() + " has the kind '" + kind.value() + "' twice");
            }
        }
    }

    static SealedShape of(Class<?> sealed) {
        return SHAPES.get(sealed);
    }

    /** The interface under which a record is one kind of several; null if it is none. */
    static Class<?> above(Class<?> record) {
        if (record.getAnnotation(Kind.class) == null) {
            return null;
        }
        return above(record.getInterfaces());
    }

    private static Class<?> above(Class<?>[] interfaces) {
        for (Class<?> each : interfaces) {
            if (each.getAnnotation(Discriminator.class) != null) {
                return each;
            }
            Class<?> higher = above(each.getInterfaces());
            if (higher != null) {
                return higher;
            }
        }
        return null;
    }

    /** The discriminator and every key of every kind. */
    Set<String> keys() {
        Set<String> keys = new HashSet<>(Set.of(discriminator));
        kinds.values()
                .forEach(each -> keys.addAll(RecordShape.of(each).components().keySet()));
        return keys;
    }

    String discriminator() {
        return discriminator;
    }

    Map<String, Class<?>> kinds() {
        return kinds;
    }

    String kindOf(Class<?> record) {
        return record.getAnnotation(Kind.class).value();
    }
}
