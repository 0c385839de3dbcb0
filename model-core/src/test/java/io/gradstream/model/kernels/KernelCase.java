package io.gradstream.model.kernels;

import io.gradstream.model.kernels.Arguments.Values;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;

/** One kernel: the class that offers it, its name, and arguments of size n for it. */
record KernelCase(Class<?> facade, String name, Maker maker) {
    /** Adds the arguments of one call. */
    interface Maker {
        void add(Arguments arguments, int n);
    }

    Arguments arguments(int n, Values values) {
        Arguments arguments = new Arguments(31L * n + toString().hashCode(), values);
        maker.add(arguments, n);
        return arguments;
    }

    /** Calls it as users do, on whatever implementation this JVM has chosen; the result comes last in the answer. */
    Object[] call(Object[] arguments) {
        return call(method(), arguments);
    }

    private static Object[] call(Method method, Object[] arguments) {
        Object result = invoke(method, arguments);
        Object[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = result;
        return all;
    }

    static Object invoke(Method method, Object[] arguments) {
        try {
            return method.invoke(null, arguments);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new AssertionError("cannot call " + method, e);
        }
    }

    /** What users call. */
    Method method() {
        return Arrays.stream(facade.getDeclaredMethods())
                .filter(method -> method.getName().equals(name))
                .filter(method -> method.getParameterCount() > 0)
                .findFirst()
                .orElseThrow(() -> new AssertionError(facade + " has no " + name));
    }

    /** Calls the plain version. */
    Object[] callPlain(Object[] arguments) {
        if (facade == LossKernels.class) {
            return callPlainLoss(arguments);
        }
        return call(PlainKernels.find(name), arguments);
    }

    private Object[] callPlainLoss(Object[] arguments) {
        int rows = (Integer) arguments[0];
        int losses = arguments.length - 4;
        if (name.equals("crossEntropy")) {
            int classes = (Integer) arguments[1];
            PlainSoftmax.softmaxRows(
                    rows,
                    classes,
                    (float[]) arguments[2],
                    (Integer) arguments[3],
                    (float[]) arguments[losses + 2],
                    (Integer) arguments[losses + 3]);
        }
        Object[] all = call(PlainKernels.find(name), arguments);
        all[arguments.length] = PlainSums.sum((float[]) arguments[losses], (Integer) arguments[losses + 1], rows);
        return all;
    }

    @Override
    public String toString() {
        return facade.getSimpleName() + "." + name;
    }

    /** Where the plain versions are. */
    private static final class PlainKernels {
        private static final Class<?>[] OWNERS = {
            PlainArithmetic.class,
            PlainSums.class,
            PlainRows.class,
            PlainFunctions.class,
            PlainActivations.class,
            PlainSoftmax.class,
            PlainLstm.class,
            PlainGru.class,
            PlainNorms.class,
            PlainPools.class,
            PlainLosses.class,
            PlainOptimizers.class,
            PlainProducts.class
        };

        static Method find(String name) {
            return Arrays.stream(OWNERS)
                    .flatMap(owner -> Arrays.stream(owner.getDeclaredMethods()))
                    .filter(method -> method.getName().equals(name))
                    .filter(method -> Arrays.asList(method.getParameterTypes()).contains(float[].class))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no plain version of " + name));
        }
    }
}
