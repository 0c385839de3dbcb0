package io.gradstream.pipeline.features;

/** Parts of a time in UTC, from milliseconds since 1970-01-01T00:00Z, for any long; nothing is allocated. */
final class Times {

    static final long DAY = 86_400_000;
    private static final long HOUR = 3_600_000;

    private Times() {}

    /** 0 to 23. */
    static int hourOfDay(long millis) {
        return (int) (millisOfDay(millis) / HOUR);
    }

    /** 0 to 86,399,999. */
    static long millisOfDay(long millis) {
        return Math.floorMod(millis, DAY);
    }

    /** 0 (Monday) to 6. */
    static int dayOfWeek(long millis) {
        return (int) Math.floorMod(Math.floorDiv(millis, DAY) + 3, 7L);
    }

    /** 0 (January) to 11; the proleptic Gregorian calendar. */
    static int month(long millis) {
        return (int) (monthAndDay(millis) >> 8);
    }

    /** The fraction of the day that has passed, in [0, 1). */
    static double ofDay(long millis) {
        return millisOfDay(millis) / (double) DAY;
    }

    /** The fraction of the week that has passed since Monday, in [0, 1). */
    static double ofWeek(long millis) {
        return (dayOfWeek(millis) + ofDay(millis)) / 7;
    }

    /** Roughly the fraction of the year that has passed, in [0, 1): months of equal length, each of 31 days. */
    static double ofYear(long millis) {
        long found = monthAndDay(millis);
        return ((found >> 8) + (found & 0xFF) / 31.0) / 12;
    }

    /**
     * Month (0 to 11) times 256 plus day of the month (0 to 30). Years are taken to begin in March, so that the leap day is the last
     * (Howard Hinnant, "chrono-compatible low-level date algorithms", civil_from_days).
     */
    private static long monthAndDay(long millis) {
        long days = Math.floorDiv(millis, DAY) + 719_468;
        long ofEra = Math.floorMod(days, 146_097L);
        long yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365;
        long ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        long month = (5 * ofYear + 2) / 153;
        long day = ofYear - (153 * month + 2) / 5;
        return ((month + 2) % 12) << 8 | day;
    }
}
