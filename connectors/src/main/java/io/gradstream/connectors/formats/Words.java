package io.gradstream.connectors.formats;

/** Words among bytes. */
final class Words {

    private Words() {}

    /** Whether the bytes are the word, given in lower-case letters and digits, in any case. */
    static boolean equal(byte[] bytes, int at, int length, String word) {
        if (length != word.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (Character.toLowerCase(bytes[at + i]) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Reads true, false, 1 or 0. */
    static boolean readFlag(byte[] bytes, int at, int length) throws UndecodableException {
        if (equal(bytes, at, length, "true") || equal(bytes, at, length, "1")) {
            return true;
        }
        if (equal(bytes, at, length, "false") || equal(bytes, at, length, "0")) {
            return false;
        }
        throw new UndecodableException("is not true or false: " + Excerpt.quoted(bytes, at, length));
    }
}
