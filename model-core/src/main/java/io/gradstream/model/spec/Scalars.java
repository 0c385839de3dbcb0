package io.gradstream.model.spec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Reads the types that have no parts. Problems are IllegalArgumentExceptions without a path. */
final class Scalars {
    private Scalars() {}

    static boolean knows(Class<?> type) {
        return type == String.class
                || type == Duration.class
                || type.isEnum()
                || Numeric.of(type) != null
                || isBoolean(type);
    }

    private static boolean isBoolean(Class<?> type) {
        return type == boolean.class || type == Boolean.class;
    }

    /** What is wanted, in words. */
    static String wanted(Class<?> type) {
        if (type.isEnum()) {
            return "one of " + String.join(", ", choices(type));
        }
        if (type == String.class) {
            return "text";
        }
        if (type == Duration.class) {
            return Durations.EXAMPLES;
        }
        return isBoolean(type) ? "true or false" : Numeric.of(type).wanted;
    }

    static List<String> choices(Class<?> type) {
        return Stream.of(type.getEnumConstants())
                .map(each -> Names.of((Enum<?>) each))
                .toList();
    }

    static Object read(Class<?> type, Object value) {
        if (isBoolean(type) && value instanceof Boolean) {
            return value;
        }
        if (type == String.class) {
            return text(value);
        }
        if (type == Duration.class) {
            return duration(value);
        }
        if (type.isEnum()) {
            return constant(type, value);
        }
        Numeric numeric = Numeric.of(type);
        if (numeric != null && value instanceof Number number) {
            return numeric.read(number);
        }
        throw new IllegalArgumentException(
                "wanted " + wanted(type) + ", got " + Wording.got(value) + hint(numeric, value));
    }

    private static String hint(Numeric numeric, Object value) {
        if (numeric == null || !(value instanceof String text)) {
            return "";
        }
        if (text.matches("[-+]?[0-9]+[eE][-+]?[0-9]+")) {
            return ": YAML wants a point and a sign in it, as in 1.0e-3";
        }
        if (text.matches("[-+]?0[0-9]+")) {
            return ": write it without leading zeros";
        }
        return text.matches("[-+]?[0-9.]+") ? ": write it without quotes" : "";
    }

    private static String text(Object value) {
        if (value instanceof String text) {
            return text;
        }
        boolean scalar = value instanceof Number || value instanceof Boolean;
        throw new IllegalArgumentException(
                "wanted text, got " + Wording.got(value) + (scalar ? ": put it in quotes if text is meant" : ""));
    }

    private static Duration duration(Object value) {
        if (value instanceof String text) {
            return Durations.read(text);
        }
        String hint =
                value instanceof Number number ? ", which has no unit: write " + number + "s or " + number + "ms" : "";
        throw new IllegalArgumentException("wanted " + Durations.EXAMPLES + ", got " + Wording.got(value) + hint);
    }

    private static Object constant(Class<?> type, Object value) {
        for (Object each : type.getEnumConstants()) {
            if (Names.of((Enum<?>) each).equals(value)) {
                return each;
            }
        }
        throw new IllegalArgumentException("wanted " + wanted(type) + ", " + Wording.gotInstead(value, choices(type)));
    }

    /** Numbers, which must keep their value: whole numbers exactly, others to the type's precision. */
    private enum Numeric {
        INT("a whole number"),
        LONG("a whole number"),
        FLOAT("a number"),
        DOUBLE("a number");

        private final String wanted;

        Numeric(String wanted) {
            this.wanted = wanted;
        }

        static Numeric of(Class<?> type) {
            if (type == int.class || type == Integer.class) {
                return INT;
            }
            if (type == long.class || type == Long.class) {
                return LONG;
            }
            if (type == float.class || type == Float.class) {
                return FLOAT;
            }
            return type == double.class || type == Double.class ? DOUBLE : null;
        }

        Object read(Number number) {
            return switch (this) {
                case INT -> (int) whole(number, Integer.MIN_VALUE, Integer.MAX_VALUE);
                case LONG -> whole(number, Long.MIN_VALUE, Long.MAX_VALUE);
                case FLOAT -> checked(number, number.floatValue(), Float.isInfinite(number.floatValue()));
                case DOUBLE -> checked(number, number.doubleValue(), Double.isInfinite(number.doubleValue()));
            };
        }

        private static long whole(Number number, long least, long most) {
            boolean fraction = number instanceof Double || number instanceof Float || number instanceof BigDecimal;
            if (fraction) {
                throw new IllegalArgumentException("wanted a whole number, got " + Wording.got(number));
            }
            long value = number.longValue();
            boolean overflow = number instanceof BigInteger big && big.bitLength() > 63;
            if (overflow || value < least || value > most) {
                throw new IllegalArgumentException("wanted a whole number from " + least + " to " + most + ", got "
                        + Wording.shortened(number.toString()));
            }
            return value;
        }

        /** Refuses infinite, NaN and what became infinite or 0 in the type. */
        private static <T extends Number> T checked(Number given, T value, boolean infinite) {
            double asDouble = value.doubleValue();
            if (infinite || Double.isNaN(asDouble)) {
                throw new IllegalArgumentException(
                        "wanted a finite " + value.getClass().getSimpleName().toLowerCase(Locale.ROOT) + ", got "
                                + Wording.shortened(given.toString()));
            }
            if (asDouble == 0 && given.doubleValue() != 0) {
                throw new IllegalArgumentException(
                        "the number " + Wording.shortened(given.toString()) + " is too close to 0 for a "
                                + value.getClass().getSimpleName().toLowerCase(Locale.ROOT));
            }
            return value;
        }
    }
}
