package io.gradstream.connectors.formats;

import java.nio.charset.StandardCharsets;

/** Reads single values into their columns: the operations of {@link AvroOp} that have one. */
final class AvroValues {

    private static final long MILLIS_PER_DAY = 86_400_000;
    private static final int UUID = 16;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    private final int[] code;
    private final AvroPlan plan;
    private final AvroBytes in;
    private final byte[] scratch = new byte[36];

    AvroValues(AvroPlan plan, AvroBytes in) {
        this.plan = plan;
        this.code = plan.code;
        this.in = in;
    }

    /** Runs the operation at {@code pc} and returns the address of the next. */
    int read(int pc, FieldValues into) throws UndecodableException {
        int column = code[pc + 1];
        switch (code[pc]) {
            case AvroOp.DOUBLE -> into.setNumber(column, in.readDouble());
            case AvroOp.INT_NUMBER -> into.setNumber(column, in.readInt());
            case AvroOp.LONG_NUMBER -> into.setNumber(column, (double) in.readLong());
            case AvroOp.STRING -> readString(column, into);
            case AvroOp.INT_TEXT -> setDigits(column, in.readInt(), into);
            case AvroOp.LONG_TEXT -> setDigits(column, in.readLong(), into);
            case AvroOp.BOOLEAN_TEXT -> setText(column, in.readBoolean() ? TRUE : FALSE, into);
            case AvroOp.UUID_TEXT -> readUuid(column, into);
            case AvroOp.FLAG -> into.setFlag(column, in.readBoolean());
            case AvroOp.INT_FLAG -> setFlag(column, in.readInt(), into);
            case AvroOp.LONG_FLAG -> setFlag(column, in.readLong(), into);
            case AvroOp.DATE_TIME -> setTime(column, in.readInt() * MILLIS_PER_DAY, into);
            case AvroOp.STRING_TIME -> readStringTime(column, into);
            case AvroOp.BYTE_LIST -> {
                into.startList(column);
                AvroLists.readBytes(in, column, in.readLong(), into);
            }
            default -> {
                return readWithOperand(pc, column, into);
            }
        }
        return pc + 2;
    }

    private int readWithOperand(int pc, int column, FieldValues into) throws UndecodableException {
        int operand = code[pc + 2];
        switch (code[pc]) {
            case AvroOp.LONG_TIME -> setTime(column, Math.floorDiv(in.readLong(), (long) operand), into);
            case AvroOp.ENUM_TEXT -> readEnum(column, plan.symbols[operand], into);
            case AvroOp.DECIMAL_BYTES -> readDecimal(column, in.readLong(), operand, into);
            case AvroOp.DECIMAL_FIXED -> {
                readDecimal(column, code[pc + 3], operand, into);
                return pc + 4;
            }
            case AvroOp.FIXED_LIST -> {
                into.startList(column);
                AvroLists.readBytes(in, column, operand, into);
            }
            case AvroOp.NUMBER_LIST -> {
                into.startList(column);
                AvroLists.readArray(in, column, operand, code[pc + 3], into);
                return pc + 4;
            }
            default -> throw new IllegalStateException("no operation " + code[pc] + " at " + pc);
        }
        return pc + 3;
    }

    private void readString(int column, FieldValues into) throws UndecodableException {
        long length = in.readLong();
        int from = in.take(length);
        if (length > 0) {
            TextValues.setText(column, in.bytes(), from, (int) length, into);
        }
    }

    private void readStringTime(int column, FieldValues into) throws UndecodableException {
        long length = in.readLong();
        int from = in.take(length);
        if (length > 0) {
            into.setTime(column, TimeText.read(in.bytes(), from, (int) length));
        }
    }

    private void readEnum(int column, byte[][] symbols, FieldValues into) throws UndecodableException {
        int symbol = in.readInt();
        if (symbol < 0 || symbol >= symbols.length) {
            throw new UndecodableException("is symbol " + symbol + " of an enum of " + symbols.length);
        }
        setText(column, symbols[symbol], into);
    }

    private void readDecimal(int column, long length, int scale, FieldValues into) throws UndecodableException {
        int from = in.take(length);
        into.setNumber(column, DecimalBytes.read(in.bytes(), from, (int) length, scale));
    }

    private void readUuid(int column, FieldValues into) throws UndecodableException {
        int from = in.take(UUID);
        int n = 0;
        for (int i = 0; i < UUID; i++) {
            if (i == 4 || i == 6 || i == 8 || i == 10) {
                scratch[n++] = '-';
            }
            int b = in.bytes()[from + i];
            scratch[n++] = HEX[b >> 4 & 0xF];
            scratch[n++] = HEX[b & 0xF];
        }
        into.setText(column, scratch, 0, n);
    }

    /** Writes a number's decimal digits from the last to the first. */
    private void setDigits(int column, long value, FieldValues into) {
        int i = scratch.length;
        long rest = value;
        do {
            scratch[--i] = (byte) ('0' + Math.abs(rest % 10));
            rest /= 10;
        } while (rest != 0);
        if (value < 0) {
            scratch[--i] = '-';
        }
        into.setText(column, scratch, i, scratch.length - i);
    }

    private static void setFlag(int column, long value, FieldValues into) throws UndecodableException {
        if (value != 0 && value != 1) {
            throw new UndecodableException("is not true or false: " + value);
        }
        into.setFlag(column, value == 1);
    }

    private static void setTime(int column, long epochMillis, FieldValues into) throws UndecodableException {
        if (!TimeText.inRange(epochMillis)) {
            throw new UndecodableException(
                    "is not a time: " + epochMillis + " ms since 1970 is outside the years 0000 to 9999");
        }
        into.setTime(column, epochMillis);
    }

    private static void setText(int column, byte[] text, FieldValues into) {
        into.setText(column, text, 0, text.length);
    }
}
