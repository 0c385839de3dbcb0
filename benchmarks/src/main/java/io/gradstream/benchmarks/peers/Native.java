package io.gradstream.benchmarks.peers;

import org.bytedeco.javacpp.FloatPointer;

/** Floats in memory outside the heap, where the native library wants them. */
final class Native {
    private final FloatPointer pointer;
    private final int size;

    Native(float[] values) {
        this.size = values.length;
        this.pointer = new FloatPointer(values);
    }

    FloatPointer pointer() {
        return pointer;
    }

    float[] read() {
        float[] values = new float[size];
        pointer.get(values);
        return values;
    }
}
