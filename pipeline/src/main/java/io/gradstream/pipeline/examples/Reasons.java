package io.gradstream.pipeline.examples;

/**
 * Why a record became a dead letter: stable codes, beside those of feature extraction (not-finite, out-of-range, missing-field,
 * impossible-label, wrong-shape).
 */
public final class Reasons {

    /** The bytes are no record of the format. */
    public static final String UNDECODABLE = "undecodable";
    /** The record has no value. */
    public static final String TOMBSTONE = "tombstone";
    /** There is no id, or an empty one. */
    public static final String MISSING_ID = "missing-id";
    /** The id has more characters than an id may have. */
    public static final String ID_TOO_LONG = "id-too-long";
    /** The id is the record's key, whose bytes are no UTF-8 text. */
    public static final String ID_NOT_UTF8 = "id-not-utf8";
    /** There is no event time. */
    public static final String MISSING_TIME = "missing-time";
    /** The event time is one that no event of today's has: "never" as 9999-12-31, or a unit mistaken. */
    public static final String IMPOSSIBLE_TIME = "impossible-time";
    /** The event time is further ahead of the record's own timestamp than max-ahead allows. */
    public static final String TIME_AHEAD = "time-ahead";
    /** A label record without an outcome. */
    public static final String MISSING_LABEL = "missing-label";

    /** The model's score of it is not finite. */
    public static final String SCORE_NOT_FINITE = "score-not-finite";

    private Reasons() {}
}
