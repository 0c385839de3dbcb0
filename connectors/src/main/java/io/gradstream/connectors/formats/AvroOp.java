package io.gradstream.connectors.formats;

/**
 * The operations of an {@link AvroPlan}: a code, then its operands, all ints in one array. An address is an index into
 * that array; a column is one of {@link FieldValues}. Every operation has an operand, 0 where it needs none.
 *
 * <pre>
 * END                              the end of the record, of an item or of a skipped record
 * SKIP bytes                       values of fixed size
 * SKIP_VARINTS count               ints, longs, enums
 * SKIP_BLOBS count                 strings, bytes
 * SKIP_SIZED_BLOCKS bytes          an array or map whose items have a fixed size
 * SKIP_BLOCKS address              an array or map; the address skips one item
 * CALL address                     a record that is skipped
 * JUMP address                     after a branch
 * OPTIONAL null-branch address     a union of null and another; jumps when null
 * UNION count address…             any other union
 * REFUSE message                   a branch of a union that is not what is wanted
 * MARK, REWIND                     to read one value into several columns
 * FLOATS count column…             numbers that follow one another
 * OPTIONAL_FLOATS null-branch count column…   the same, each in a union with null
 * …_x column …                     a value read as x
 * </pre>
 */
final class AvroOp {

    static final int END = 0;
    static final int SKIP = 1;
    static final int SKIP_VARINTS = 2;
    static final int SKIP_BLOBS = 3;
    static final int SKIP_SIZED_BLOCKS = 4;
    static final int SKIP_BLOCKS = 5;
    static final int CALL = 6;
    static final int JUMP = 7;
    static final int OPTIONAL = 8;
    static final int UNION = 9;
    static final int REFUSE = 10;
    static final int MARK = 11;
    static final int REWIND = 12;
    static final int FLOATS = 13;
    static final int OPTIONAL_FLOATS = 14;
    /** DOUBLE column. */
    static final int DOUBLE = 15;
    /** INT_NUMBER column. */
    static final int INT_NUMBER = 16;
    /** LONG_NUMBER column. */
    static final int LONG_NUMBER = 17;
    /** DECIMAL_BYTES column scale. */
    static final int DECIMAL_BYTES = 18;
    /** DECIMAL_FIXED column scale size. */
    static final int DECIMAL_FIXED = 19;
    /** STRING column. */
    static final int STRING = 20;
    /** ENUM_TEXT column symbols. */
    static final int ENUM_TEXT = 21;
    /** INT_TEXT column. */
    static final int INT_TEXT = 22;
    /** LONG_TEXT column. */
    static final int LONG_TEXT = 23;
    /** BOOLEAN_TEXT column. */
    static final int BOOLEAN_TEXT = 24;
    /** UUID_TEXT column. */
    static final int UUID_TEXT = 25;
    /** FLAG column. */
    static final int FLAG = 26;
    /** INT_FLAG column. */
    static final int INT_FLAG = 27;
    /** LONG_FLAG column. */
    static final int LONG_FLAG = 28;
    /** LONG_TIME column units-per-millisecond. */
    static final int LONG_TIME = 29;
    /** DATE_TIME column. */
    static final int DATE_TIME = 30;
    /** STRING_TIME column. */
    static final int STRING_TIME = 31;

    /** NUMBER_LIST column item depth: an array of primitive numbers, or of arrays of them. */
    static final int NUMBER_LIST = 32;
    /** BYTE_LIST column: bytes, each a number. */
    static final int BYTE_LIST = 33;
    /** FIXED_LIST column size. */
    static final int FIXED_LIST = 34;

    private AvroOp() {}
}
