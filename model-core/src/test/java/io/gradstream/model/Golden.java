package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.model.parameters.Parameter;
import io.gradstream.model.snapshots.DType;
import io.gradstream.model.snapshots.Safetensors;
import io.gradstream.model.snapshots.SnapshotException;
import io.gradstream.model.snapshots.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** One case of reference values, and how far from them we are. */
final class Golden {
    /** Every tensor of every case that a test has asked for, as "case tensor". */
    private static final Set<String> READ = ConcurrentHashMap.newKeySet();

    private final String name;
    private final Safetensors file;
    private final byte[] bytes;
    private double largest;

    private Golden(String name, byte[] bytes) throws SnapshotException {
        this.name = name;
        this.bytes = bytes;
        this.file = Safetensors.read(bytes);
    }

    static Golden of(String name) {
        try (InputStream in = Golden.class.getResourceAsStream("/goldens/" + name + ".safetensors")) {
            return new Golden(name, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SnapshotException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The tensors that no test has asked for yet. */
    Set<String> unread() {
        return file.tensors().stream()
                .map(tensor -> name + " " + tensor.name())
                .filter(tensor -> !READ.contains(tensor))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Loads weights by {@link PyTorchWeights}. */
    void load(Learner learner, Map<String, String> names) throws SnapshotException {
        for (Tensor tensor : file.tensors()) {
            if (names.values().stream().anyMatch(name -> tensor.name().startsWith(name + "."))) {
                READ.add(name + " " + tensor.name());
            }
        }
        PyTorchWeights.load(learner, bytes, names);
    }

    private Tensor tensor(String tensor) throws SnapshotException {
        READ.add(name + " " + tensor);
        return file.tensor(tensor);
    }

    boolean has(String tensor) {
        return file.has(tensor);
    }

    float[] floats(String tensor) {
        try {
            return tensor(tensor).floats();
        } catch (SnapshotException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean isInts(String tensor) {
        try {
            return file.tensor(tensor).type() == DType.I32;
        } catch (SnapshotException e) {
            throw new IllegalStateException(e);
        }
    }

    int[] ints(String tensor) {
        try {
            return tensor(tensor).ints();
        } catch (SnapshotException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Floats, or ints as such. */
    float[] numbers(String tensor) {
        if (!isInts(tensor)) {
            return floats(tensor);
        }
        int[] ints = ints(tensor);
        float[] floats = new float[ints.length];
        for (int i = 0; i < ints.length; i++) {
            floats[i] = ints[i];
        }
        return floats;
    }

    int[] shape(String tensor) {
        try {
            return file.tensor(tensor).shape();
        } catch (SnapshotException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A matrix with rows and columns exchanged: PyTorch's linear weights are (out, in), ours (in, out). */
    float[] transposed(String tensor) {
        int[] shape = shape(tensor);
        return transposed(floats(tensor), shape[0], shape[1]);
    }

    /** PyTorch's (first, channels, height, width) or (first, channels, steps) with the channels last. */
    float[] channelsLast(String tensor) {
        int[] shape = shape(tensor);
        float[] x = floats(tensor);
        int positions = x.length / shape[0] / shape[1];
        int image = shape[1] * positions;
        float[] out = new float[x.length];
        for (int i = 0; i < shape[0]; i++) {
            float[] one = transposed(Arrays.copyOfRange(x, i * image, (i + 1) * image), shape[1], positions);
            System.arraycopy(one, 0, out, i * image, image);
        }
        return out;
    }

    static float[] transposed(float[] matrix, int rows, int columns) {
        float[] out = new float[rows * columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                out[j * rows + i] = matrix[i * columns + j];
            }
        }
        return out;
    }

    /** The largest difference, relative to the value and the root mean square of the tensor. */
    void check(String what, float[] came, float[] wanted, double bound) {
        assertThat(came).as(name + " " + what).hasSameSizeAs(wanted);
        double squares = 0;
        for (float w : wanted) {
            squares += (double) w * w / wanted.length;
        }
        double worst = 0;
        for (int i = 0; i < wanted.length; i++) {
            double error = Math.abs((double) came[i] - wanted[i]) / (Math.abs(wanted[i]) + Math.sqrt(squares) + 1e-30);
            worst = error > worst || Double.isNaN(error) ? error : worst;
        }
        largest = Math.max(largest, worst);
        assertThat(worst).as(name + " " + what).isLessThan(bound);
    }

    /** Forward and backward with the case's parameters: the output, and the gradients of what is called as in PyTorch behind the prefix. */
    void run(LayerBench bench, String prefix, double bound) {
        for (Parameter parameter : bench.parameters()) {
            bench.set(parameter.name(), ours("param.", parameter, prefix));
        }
        check("out", bench.forward(true), floats("out.y"), bound);
        bench.backward(floats("up.y"));
        for (Parameter parameter : bench.parameters()) {
            float[] wanted = ours("grad.param.", parameter, prefix);
            check(parameter.name(), bench.gradient(parameter.name()), wanted, bound);
        }
    }

    private float[] ours(String what, Parameter parameter, String prefix) {
        String tensor = what + parameter.name().substring(prefix.length());
        return shape(tensor).length == 2 ? transposed(tensor) : floats(tensor);
    }

    /** Prints the case's largest error. */
    void report() {
        System.out.printf("golden %-36s largest relative error %.1e%n", name, largest);
    }
}
