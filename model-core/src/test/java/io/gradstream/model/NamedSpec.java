package io.gradstream.model;

/** A spec with a name for the test report. */
record NamedSpec(String name, ModelSpec spec) {
    @Override
    public String toString() {
        return name;
    }
}
