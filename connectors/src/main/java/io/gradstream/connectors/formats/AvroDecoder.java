package io.gradstream.connectors.formats;

/** Runs an {@link AvroPlan} over a record. */
final class AvroDecoder implements RecordDecoder {

    private static final int DEEPEST = 64;

    private final int[] code;
    private final AvroPlan plan;
    private final AvroFraming framing;
    private final int columns;
    private final AvroBytes in = new AvroBytes();
    private final AvroValues values;

    /** The address whose path a message names. */
    private int running;

    private int depth;

    AvroDecoder(AvroPlan plan, AvroFraming framing, int columns) {
        this.plan = plan;
        this.code = plan.code;
        this.framing = framing;
        this.columns = columns;
        this.values = new AvroValues(plan, in);
    }

    @Override
    public void decode(byte[] bytes, int at, int length, FieldValues into) throws UndecodableException {
        Decoding.check(bytes, at, length, into, columns);
        into.clear();
        int header = framing.skip(bytes, at, length);
        in.reset(bytes, at + header, length - header);
        depth = 0;
        try {
            run(0, into);
        } catch (UndecodableException e) {
            throw Decoding.inField(plan.paths[running], e.getMessage());
        } catch (RuntimeException e) {
            throw Decoding.inField(plan.paths[running], "cannot be decoded: " + e);
        }
        if (in.remaining() > 0) {
            throw new UndecodableException("the record is followed by " + in.remaining() + " bytes");
        }
    }

    private void run(int start, FieldValues into) throws UndecodableException {
        int pc = start;
        while (true) {
            running = pc;
            int operand = code[pc + 1];
            switch (code[pc]) {
                case AvroOp.END -> {
                    return;
                }
                case AvroOp.SKIP -> in.take(operand);
                case AvroOp.SKIP_VARINTS -> in.skipVarints(operand);
                case AvroOp.SKIP_BLOBS -> in.skipBlobs(operand);
                case AvroOp.SKIP_SIZED_BLOCKS -> in.skipBlocks(operand);
                case AvroOp.SKIP_BLOCKS -> skipBlocks(operand, into);
                case AvroOp.CALL -> call(operand, into);
                case AvroOp.MARK -> in.mark();
                case AvroOp.REWIND -> in.rewind();
                case AvroOp.REFUSE -> throw new UndecodableException(plan.messages[operand]);
                default -> {
                    pc = jumpOrRead(pc, operand, into);
                    continue;
                }
            }
            pc += 2;
        }
    }

    /** Runs an operation that has more than one operand, and returns the address of the next. */
    private int jumpOrRead(int pc, int operand, FieldValues into) throws UndecodableException {
        return switch (code[pc]) {
            case AvroOp.JUMP -> operand;
            case AvroOp.OPTIONAL -> branchOf(2) == operand ? code[pc + 2] : pc + 3;
            case AvroOp.UNION -> code[pc + 2 + branchOf(operand)];
            case AvroOp.FLOATS -> readFloats(pc, operand, into);
            case AvroOp.OPTIONAL_FLOATS -> readOptionalFloats(pc, operand, into);
            default -> values.read(pc, into);
        };
    }

    private int branchOf(int branches) throws UndecodableException {
        long branch = in.readLong();
        if (branch < 0 || branch >= branches) {
            throw new UndecodableException("has branch " + branch + " of a union of " + branches);
        }
        return (int) branch;
    }

    private int readFloats(int pc, int count, FieldValues into) throws UndecodableException {
        int first = pc + 2;
        int complete = Math.min(count, in.remaining() / Float.BYTES);
        int from = in.take((long) complete * Float.BYTES);
        for (int i = 0; i < complete; i++) {
            into.setNumber(code[first + i], in.floatAt(from + i * Float.BYTES));
        }
        if (complete < count) {
            running = first + complete;
            in.take(Float.BYTES);
        }
        return first + count;
    }

    private int readOptionalFloats(int pc, int nullBranch, FieldValues into) throws UndecodableException {
        int first = pc + 3;
        int next = first + code[pc + 2];
        int i = in.readOptionalFloats(code, first, next, nullBranch, into);
        while (i < next) {
            running = i;
            if (branchOf(2) != nullBranch) {
                into.setNumber(code[i], in.readFloat());
            }
            i = in.readOptionalFloats(code, i + 1, next, nullBranch, into);
        }
        return next;
    }

    private void skipBlocks(int item, FieldValues into) throws UndecodableException {
        for (long count = in.readLong(); count != 0; count = in.readLong()) {
            if (count < 0) {
                in.take(in.readLong());
                continue;
            }
            long items = in.checkedCount(count);
            for (long i = 0; i < items; i++) {
                call(item, into);
            }
        }
    }

    private void call(int address, FieldValues into) throws UndecodableException {
        if (++depth > DEEPEST) {
            throw new UndecodableException("is nested more than " + DEEPEST + " deep");
        }
        run(address, into);
        depth--;
    }
}
