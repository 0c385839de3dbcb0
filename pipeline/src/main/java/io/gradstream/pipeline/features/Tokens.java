package io.gradstream.pipeline.features;

/**
 * Cuts UTF-8 text into words or characters, without making an object. Like {@link Hashing}, this is part of the format: weights belong to
 * the ids of tokens.
 *
 * <p>A word is a run of ASCII letters and digits and of bytes above 127, which are parts of other letters; ASCII letters count as lower
 * case. A character is a code point other than white space.
 */
final class Tokens {
    /** The hash of a word is that of its bytes by FNV-1a (Fowler, Noll, Vo), mixed: words are short, and are folded as they are read. */
    private static final long BASIS = 0xCBF29CE484222325L;

    private static final long PRIME = 0x100000001B3L;

    private Tokens() {}

    /** Where the next token begins, from {@code at} on; {@code end} if there is none. */
    static int next(byte[] text, int at, int end, boolean words) {
        int i = at;
        while (i < end && !(words ? isOfWord(text[i]) : text[i] < 0 || text[i] > ' ')) {
            i++;
        }
        return i;
    }

    /** Where the token ends that begins at {@code at}. */
    static int end(byte[] text, int at, int end, boolean words) {
        int i = at + 1;
        // The further bytes of a code point are 10xxxxxx.
        while (i < end && (words ? isOfWord(text[i]) : (text[i] & 0xC0) == 0x80)) {
            i++;
        }
        return i;
    }

    static long hash(byte[] text, int at, int end, boolean words) {
        long hash = BASIS;
        for (int i = at; i < end; i++) {
            int b = text[i] & 0xFF;
            hash = (hash ^ (words && b >= 'A' && b <= 'Z' ? b | 0x20 : b)) * PRIME;
        }
        return Hashing.mix(hash);
    }

    private static boolean isOfWord(byte b) {
        return b < 0 || (b >= '0' && b <= '9') || ((b | 0x20) >= 'a' && (b | 0x20) <= 'z');
    }
}
