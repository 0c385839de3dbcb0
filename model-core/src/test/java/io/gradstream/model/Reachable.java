package io.gradstream.model;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The arrays that an object holds, directly or through others, found by reflection: what was really allocated. Those of what describes a
 * model, such as names and shapes, are not among them.
 */
final class Reachable {
    private static final int HEADER = 16;
    private static final int REFERENCE = 4;
    private static final Set<String> DESCRIPTIONS =
            Set.of("Compiled", "Signal", "Shape", "LookupColumns", "InputLayout");

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Object> open = new ArrayDeque<>();
    private final List<Object> arrays = new ArrayList<>();

    /** Of several objects, each array once. */
    static Reachable from(Object... roots) throws IllegalAccessException {
        Reachable reachable = new Reachable();
        for (Object root : roots) {
            reachable.look(root);
        }
        while (!reachable.open.isEmpty()) {
            reachable.follow(reachable.open.pop());
        }
        return reachable;
    }

    /** The bytes of all elements that are numbers, without headers. */
    long numbers() {
        return arrays.stream().mapToLong(Reachable::elements).sum();
    }

    /** The bytes of all arrays with their headers, and of the references in them, in a JVM with compressed ones. */
    long bytes() {
        return arrays.stream()
                .mapToLong(array -> {
                    boolean numbers = array.getClass().getComponentType().isPrimitive();
                    long elements = numbers ? elements(array) : (long) Array.getLength(array) * REFERENCE;
                    return HEADER + (elements + 7) / 8 * 8;
                })
                .sum();
    }

    private static long elements(Object array) {
        Class<?> type = array.getClass().getComponentType();
        long width = type == double.class || type == long.class ? 8 : type == float.class || type == int.class ? 4 : 1;
        return type.isPrimitive() ? Array.getLength(array) * width : 0;
    }

    private void look(Object object) {
        if (object != null && !(object instanceof String) && seen.add(object)) {
            open.push(object);
        }
    }

    private void follow(Object object) throws IllegalAccessException {
        if (object.getClass().isArray()) {
            arrays.add(object);
            if (object instanceof Object[] elements) {
                for (Object each : elements) {
                    look(each);
                }
            }
        } else if (object instanceof Collection<?> collection) {
            collection.forEach(this::look);
        } else if (object instanceof Map<?, ?> map) {
            map.values().forEach(this::look);
        } else {
            for (Class<?> type = object.getClass(); isOurs(type); type = type.getSuperclass()) {
                followFields(object, type);
            }
        }
    }

    private static boolean isOurs(Class<?> type) {
        return type.getName().startsWith("io.gradstream.") && !DESCRIPTIONS.contains(type.getSimpleName());
    }

    private void followFields(Object object, Class<?> type) throws IllegalAccessException {
        for (Field field : type.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                field.setAccessible(true);
                look(field.get(object));
            }
        }
    }
}
