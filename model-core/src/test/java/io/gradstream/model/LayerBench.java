package io.gradstream.model;

import io.gradstream.model.layers.Pass;
import io.gradstream.model.layers.Signal;
import io.gradstream.model.layers.Value;
import io.gradstream.model.parameters.Parameter;
import io.gradstream.model.parameters.SparseGradient;
import io.gradstream.model.parameters.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Layers over given inputs, with every gradient laid open. */
final class LayerBench {
    private final Blueprint blueprint;
    private final Plan plan;
    private final Weights weights;
    private final float[] gradients;
    private final Pass pass = new Pass();
    private final int batch;
    private final List<float[]> given = new ArrayList<>();
    private final double[] statistics;

    LayerBench(int batch, List<Signal> inputs, NodeSpec... layers) {
        this.batch = batch;
        this.blueprint = new Blueprint(inputs, List.of(layers));
        this.plan = new Plan(blueprint, new Allocator(5, batch, true, false));
        this.weights = Weights.create(blueprint.layout(), 5, 0);
        this.gradients = new float[weights.dense().length];
        this.statistics = weights.statistics().clone();
        for (int i = 0; i < inputs.size(); i++) {
            given.add(new float[plan.input(i).data().length]);
        }
    }

    /** An input whose gradient is wanted. */
    static Signal trained(String name, int... shape) {
        return new Signal(name, io.gradstream.model.parameters.Shape.of(shape), List.of(), false, true, false);
    }

    /** An input of a varying number of steps whose gradient is wanted. */
    static Signal steps(String name, int... shape) {
        return new Signal(name, io.gradstream.model.parameters.Shape.of(shape), List.of(), false, true, true);
    }

    Value input(int i) {
        return plan.input(i);
    }

    /** What the floats of input {@code i} are before each forward pass; layers in place write over the plan's own. */
    float[] given(int i) {
        return given.get(i);
    }

    void input(int i, float[] values) {
        System.arraycopy(values, 0, given.get(i), 0, values.length);
    }

    int inputs() {
        return given.size();
    }

    List<Parameter> parameters() {
        return blueprint.layout().parameters();
    }

    Weights weights() {
        return weights;
    }

    private Parameter parameter(String name) {
        return parameters().stream()
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " is not among " + parameters()));
    }

    void set(String name, float[] values) {
        System.arraycopy(values, 0, weights.dense(), parameter(name).at(), values.length);
    }

    /** A forward pass, always from the same statistics. */
    float[] forward(boolean learning) {
        for (int i = 0; i < given.size(); i++) {
            System.arraycopy(given.get(i), 0, plan.input(i).data(), 0, given.get(i).length);
        }
        System.arraycopy(statistics, 0, weights.statistics(), 0, statistics.length);
        weights.statisticsChanged();
        if (learning) {
            Arrays.fill(gradients, 0);
            pass.learn(weights, gradients, batch, 3);
        } else {
            pass.score(weights, batch);
        }
        plan.forward(pass);
        int size = blueprint.output().size();
        return Arrays.copyOf(plan.output().data(), batch * size);
    }

    void backward(float[] up) {
        System.arraycopy(up, 0, plan.output().gradient(), 0, up.length);
        plan.backward(pass);
    }

    /** The gradients of all parameters, parallel to the dense weights. */
    float[] gradients() {
        return gradients;
    }

    float[] inputGradient(int i) {
        int size = blueprint.signals().get(i).shape().size();
        return Arrays.copyOf(plan.input(i).gradient(), batch * size);
    }

    float[] gradient(String name) {
        Parameter parameter = parameter(name);
        return Arrays.copyOfRange(gradients, parameter.at(), parameter.at() + parameter.size());
    }

    List<SparseGradient> sparseGradients() {
        return plan.sparseGradients();
    }

    boolean outputHasSteps() {
        return blueprint.signals().get(blueprint.signals().size() - 1).steps();
    }

    int outputSize() {
        return blueprint.output().size();
    }
}
