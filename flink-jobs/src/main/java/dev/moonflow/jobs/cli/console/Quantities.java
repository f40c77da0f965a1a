package dev.moonflow.jobs.cli.console;

import java.time.Duration;
import java.util.Locale;

/** Counts, sizes and times in words. */
public final class Quantities {
  private static final String[] UNITS = {"bytes", "KB", "MB", "GB", "TB"};

  private Quantities() {}

  /** {@code 1 event}, {@code 2 events}. */
  public static String count(long n, String noun) {
    return n + " " + (n == 1 ? noun : noun + "s");
  }

  /** {@code 17 bytes}, {@code 3.4 MB}; a KB has 1024 bytes. */
  public static String bytes(long n) {
    double value = n;
    int unit = 0;
    while (value >= 1024 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return unit == 0 ? n + " bytes" : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
  }

  /** {@code 0.4 s}, {@code 12 s}, {@code 3 min 5 s}. */
  public static String time(Duration duration) {
    double seconds = duration.toMillis() / 1000.0;
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    long whole = Math.round(seconds);
    return whole < 120 ? whole + " s" : whole / 60 + " min " + whole % 60 + " s";
  }
}
