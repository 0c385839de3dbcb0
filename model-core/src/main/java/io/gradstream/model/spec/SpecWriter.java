package io.gradstream.model.spec;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Turns records back into a tree. */
public final class SpecWriter {
    private SpecWriter() {}

    /**
     * The tree that reads back as an equal record: every component in its order, defaults included, empty Optionals left out, maps
     * sorted by key, kinds in their long form, numbers as Long or Double. Its {@link Json} text is canonical: the same on every JDK.
     *
     * <p>Of a record that is one kind of several, the kind is written too.
     */
    public static Object tree(Object record) {
        Class<?> sealed = SealedShape.above(record.getClass());
        return tree(sealed == null ? record.getClass() : sealed, record);
    }

    private static Object tree(Type type, Object value) {
        Class<?> raw = RecordShape.rawType(type);
        if (raw == Optional.class) {
            return tree(RecordShape.argument(type, 0), ((Optional<?>) value).orElseThrow());
        }
        if (Scalars.knows(raw)) {
            return scalar(value);
        }
        if (raw == List.class) {
            Type element = RecordShape.argument(type, 0);
            List<Object> list = new ArrayList<>();
            ((List<?>) value).forEach(each -> list.add(tree(element, each)));
            return list;
        }
        Map<String, Object> map = new LinkedHashMap<>();
        if (raw == Map.class) {
            Type element = RecordShape.argument(type, 1);
            new TreeMap<>((Map<?, ?>) value).forEach((key, each) -> map.put((String) key, tree(element, each)));
            return map;
        }
        if (!raw.isRecord()) {
            SealedShape sealed = SealedShape.of(raw);
            map.put(sealed.discriminator(), sealed.kindOf(value.getClass()));
        }
        for (RecordShape.Component each :
                RecordShape.of(value.getClass()).components().values()) {
            Object part = each.of(value);
            if (each.inline()) {
                ((Map<?, ?>) tree(each.type(), part)).forEach((key, inside) -> map.put((String) key, inside));
            } else if (!Optional.empty().equals(part)) {
                map.put(each.key(), tree(each.type(), part));
            }
        }
        return map;
    }

    private static Object scalar(Object value) {
        if (value instanceof Integer number) {
            return number.longValue();
        }
        if (value instanceof Float number) {
            return Double.valueOf(Decimals.of(number.floatValue()));
        }
        if (value instanceof Duration duration) {
            return Durations.write(duration);
        }
        return value instanceof Enum<?> constant ? Names.of(constant) : value;
    }
}
