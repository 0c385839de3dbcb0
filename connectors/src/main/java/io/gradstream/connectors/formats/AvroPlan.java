package io.gradstream.connectors.formats;

/** A schema and the fields used of it, compiled to what has to be read and skipped. */
final class AvroPlan {

    /** The operations, see {@link AvroOp}. */
    final int[] code;

    /** The field each operation belongs to, by the operation's address; for floats also by that of each column. */
    final String[] paths;

    /** What {@link AvroOp#REFUSE} says. */
    final String[] messages;

    /** The texts of the enums that are read: enum, symbol, UTF-8. */
    final byte[][][] symbols;

    AvroPlan(int[] code, String[] paths, String[] messages, byte[][][] symbols) {
        this.code = code;
        this.paths = paths;
        this.messages = messages;
        this.symbols = symbols;
    }
}
