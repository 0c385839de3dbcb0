package io.gradstream.connectors.formats;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes the operations of an {@link AvroPlan}, joining those that follow one another and do the same. */
final class AvroCode {

    private static final int LONGEST = 1 << 18;
    private static final int NONE = -1;
    private static final String TO = "' to '";

    private final List<String> messages = new ArrayList<>();
    private final List<byte[][]> symbols = new ArrayList<>();
    private int[] code = new int[256];
    private String[] paths = new String[256];
    private int end;
    private int last = NONE;

    /** Writes an operation and returns its address. */
    int add(String path, int op, int... operands) throws FormatException {
        if (joined(path, op, operands)) {
            return last;
        }
        if (end + 1 + operands.length > LONGEST) {
            throw new FormatException("the Avro schema is too large to be compiled for the fields used");
        }
        reserve(1 + operands.length);
        last = end;
        code[end++] = op;
        append(operands);
        Arrays.fill(paths, last, end, path);
        return last;
    }

    /** The address of what comes next, to which something may jump: what comes next is not joined to what was before. */
    int here() {
        last = NONE;
        return end;
    }

    /** Sets an operand that was not known before. */
    void patch(int address, int operand, int value) {
        code[address + 1 + operand] = value;
    }

    int message(String text) {
        messages.add(text);
        return messages.size() - 1;
    }

    int symbols(List<String> texts) {
        symbols.add(texts.stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new));
        return symbols.size() - 1;
    }

    AvroPlan plan() {
        return new AvroPlan(
                Arrays.copyOf(code, end),
                Arrays.copyOf(paths, end),
                messages.toArray(String[]::new),
                symbols.toArray(byte[][][]::new));
    }

    private boolean joined(String path, int op, int... operands) {
        if (last == NONE || code[last] != op) {
            return false;
        }
        return switch (op) {
            case AvroOp.SKIP, AvroOp.SKIP_VARINTS, AvroOp.SKIP_BLOBS -> skipMore(path, operands[0]);
            case AvroOp.FLOATS -> readMore(path, last + 1, operands[1]);
            case AvroOp.OPTIONAL_FLOATS -> code[last + 1] == operands[0] && readMore(path, last + 2, operands[2]);
            default -> false;
        };
    }

    private boolean skipMore(String path, int more) {
        long sum = (long) code[last + 1] + more;
        code[last + 1] = (int) Math.min(Integer.MAX_VALUE, sum);
        paths[last] = paths[last].split(TO, 2)[0] + TO + path;
        return true;
    }

    private boolean readMore(String path, int countAt, int column) {
        reserve(1);
        code[countAt]++;
        paths[end] = path;
        code[end++] = column;
        return true;
    }

    private void append(int... operands) {
        System.arraycopy(operands, 0, code, end, operands.length);
        end += operands.length;
    }

    private void reserve(int more) {
        if (end + more > code.length) {
            code = Arrays.copyOf(code, Math.max(2 * code.length, end + more));
            paths = Arrays.copyOf(paths, code.length);
        }
    }
}
