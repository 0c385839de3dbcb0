package io.gradstream.connectors.formats;

import java.nio.charset.StandardCharsets;
import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;

/**
 * Times in text, as milliseconds since 1970-01-01T00:00Z: ISO-8601 ({@code 2001-06-30}, {@code 2001-06-30T23:59},
 * {@code 2001-06-30 23:59:59.999+02:00}; UTC where it names no zone; what is finer than a millisecond is cut off), or a
 * whole number, which is taken as those milliseconds. Years 0000 to 9999.
 *
 * <p>The usual forms are read without making an object; the rest, such as {@code …[Europe/Paris]}, by java.time.
 */
final class TimeText {

    private static final long FIRST =
            LocalDateTime.of(0, 1, 1, 0, 0).toInstant(ZoneOffset.UTC).toEpochMilli();
    private static final long LAST =
            LocalDateTime.of(10_000, 1, 1, 0, 0).toInstant(ZoneOffset.UTC).toEpochMilli() - 1;

    private static final int LONGEST = 64;
    private static final int DIGITS_OF_LONG = 18;
    private static final int DATE = 10;
    private static final int MINUTES = 16;
    private static final long NOT_USUAL = Long.MIN_VALUE;

    private TimeText() {}

    /** Whether a time is in the years 0000 to 9999; nothing else is believed to be one. */
    static boolean inRange(long epochMillis) {
        return epochMillis >= FIRST && epochMillis <= LAST;
    }

    /** Reads a time that fills the whole range. */
    static long read(byte[] bytes, int at, int length) throws UndecodableException {
        long millis = NOT_USUAL;
        if (length >= DATE && bytes[at + 4] == '-') {
            millis = usual(bytes, at, at + length);
        } else if (isWholeNumber(bytes, at, length)) {
            millis = wholeNumber(bytes, at, length);
        }
        if (millis == NOT_USUAL && length <= LONGEST) {
            millis = unusual(new String(bytes, at, length, StandardCharsets.ISO_8859_1));
        }
        if (millis == NOT_USUAL || !inRange(millis)) {
            throw new UndecodableException("is not a time: " + Excerpt.quoted(bytes, at, length));
        }
        return millis;
    }

    private static long usual(byte[] bytes, int at, int end) {
        int year = number(bytes, at, 4);
        int month = number(bytes, at + 5, 2);
        int day = number(bytes, at + 8, 2);
        if ((year | month | day) < 0 || bytes[at + 7] != '-' || !isDate(year, month, day)) {
            return NOT_USUAL;
        }
        long midnight = daysSince1970(year, month, day) * 86_400_000L;
        return end - at == DATE ? midnight : timeOfDay(bytes, at, end, midnight);
    }

    private static long timeOfDay(byte[] bytes, int at, int end, long midnight) {
        if (end - at < MINUTES || bytes[at + 13] != ':' || !separates(bytes[at + DATE])) {
            return NOT_USUAL;
        }
        int hour = number(bytes, at + 11, 2);
        int minute = number(bytes, at + 14, 2);
        int second = 0;
        int i = at + MINUTES;
        if (end - i >= 3 && bytes[i] == ':') {
            second = number(bytes, i + 1, 2);
            i += 3;
        }
        if ((hour | minute | second) < 0 || hour > 23 || minute > 59 || second > 59) {
            return NOT_USUAL;
        }
        int fraction = 0;
        if (i > at + MINUTES && i < end && bytes[i] == '.') {
            int first = ++i;
            for (int unit = 100; i < end && isDigit(bytes[i]); i++, unit /= 10) {
                fraction += unit * (bytes[i] - '0');
            }
            if (i == first) {
                return NOT_USUAL;
            }
        }
        long local = midnight + ((hour * 60L + minute) * 60 + second) * 1000 + fraction;
        return zoned(bytes, i, end, local);
    }

    /** Reads what follows the time of day: nothing, Z, +hh, +hhmm or +hh:mm. */
    private static long zoned(byte[] bytes, int at, int end, long local) {
        int rest = end - at;
        if (rest == 0 || (rest == 1 && (bytes[at] | 0x20) == 'z')) {
            return local;
        }
        boolean colon = rest == 6 && bytes[at + 3] == ':';
        if ((rest != 3 && rest != 5 && !colon) || (bytes[at] != '+' && bytes[at] != '-')) {
            return NOT_USUAL;
        }
        int hours = number(bytes, at + 1, 2);
        int minutes = rest == 3 ? 0 : number(bytes, end - 2, 2);
        if ((hours | minutes) < 0 || minutes > 59 || hours * 60 + minutes > 18 * 60) {
            return NOT_USUAL;
        }
        long offset = (hours * 60L + minutes) * 60_000;
        return bytes[at] == '-' ? local + offset : local - offset;
    }

    private static long unusual(String text) {
        DateTimeFormatter formatter = DateTimeFormatter.ISO_DATE_TIME;
        ParsePosition end = new ParsePosition(0);
        try {
            if (formatter.parseUnresolved(text, end) == null || end.getIndex() < text.length()) {
                return NOT_USUAL; // without the exception that parse would throw; an offset of more than a day is one
                // even here
            }
            TemporalAccessor time = formatter.parseBest(text, ZonedDateTime::from, LocalDateTime::from);
            ZonedDateTime zoned =
                    time instanceof LocalDateTime local ? local.atZone(ZoneOffset.UTC) : (ZonedDateTime) time;
            return zoned.toInstant().toEpochMilli();
        } catch (DateTimeException | ArithmeticException impossible) {
            return NOT_USUAL;
        }
    }

    private static boolean isWholeNumber(byte[] bytes, int at, int length) {
        int from = length > 0 && bytes[at] == '-' ? at + 1 : at;
        int end = at + length;
        if (end - from < 1 || end - from > DIGITS_OF_LONG) {
            return false;
        }
        for (int i = from; i < end; i++) {
            if (!isDigit(bytes[i])) {
                return false;
            }
        }
        return true;
    }

    private static long wholeNumber(byte[] bytes, int at, int length) {
        boolean negative = bytes[at] == '-';
        long value = 0;
        for (int i = negative ? at + 1 : at; i < at + length; i++) {
            value = value * 10 + (bytes[i] - '0');
        }
        return negative ? -value : value;
    }

    private static boolean isDate(int year, int month, int day) {
        if (month < 1 || month > 12 || day < 1) {
            return false;
        }
        boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        int days = month == 2 ? leap ? 29 : 28 : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
        return day <= days;
    }

    /** Howard Hinnant's days_from_civil: years begin in March, so that the leap day is the last one. */
    private static long daysSince1970(int year, int month, int day) {
        int y = month <= 2 ? year - 1 : year;
        int era = Math.floorDiv(y, 400);
        int yearOfEra = y - era * 400;
        int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097L + dayOfEra - 719_468;
    }

    /** A number of so many digits, or -1. */
    private static int number(byte[] bytes, int at, int digits) {
        int value = 0;
        for (int i = at; i < at + digits; i++) {
            if (!isDigit(bytes[i])) {
                return -1;
            }
            value = value * 10 + (bytes[i] - '0');
        }
        return value;
    }

    private static boolean separates(byte b) {
        return b == 'T' || b == ' ' || b == 't';
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
