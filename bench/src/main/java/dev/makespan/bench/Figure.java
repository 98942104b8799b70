package dev.makespan.bench;

import java.util.Arrays;
import java.util.Locale;

/**
 * How long something takes, over several repetitions, in milliseconds.
 *
 * @param must what has to be reached, in milliseconds; 0: nothing is asked
 * @param aim what is hoped for; 0: nothing
 */
record Figure(String name, double min, double median, double max, int must, int aim) {

  /** {@code millis}: at least one. */
  static Figure of(String name, double[] millis, int must, int aim) {
    double[] sorted = millis.clone();
    Arrays.sort(sorted);
    int last = sorted.length - 1;
    double median = (sorted[last / 2] + sorted[sorted.length / 2]) / 2;
    return new Figure(name, sorted[0], median, sorted[last], must, aim);
  }

  /** This and {@code other} one after the other; their medians need not be of one repetition. */
  Figure with(Figure other, String name, int must, int aim) {
    return new Figure(name, min + other.min, median + other.median, max + other.max, must, aim);
  }

  static String heading() {
    return String.format(
        Locale.ROOT,
        "%-44s %10s %10s %10s %10s %10s",
        "milliseconds",
        "min",
        "median",
        "max",
        "must",
        "aim");
  }

  String text() {
    return String.format(
        Locale.ROOT,
        "%-44s %10.1f %10.1f %10.1f %10s %10s",
        name,
        min,
        median,
        max,
        must == 0 ? "-" : must,
        aim == 0 ? "-" : aim);
  }

  String json() {
    return String.format(
        Locale.ROOT,
        "{\"name\":%s,\"minMillis\":%.3f,\"medianMillis\":%.3f,\"maxMillis\":%.3f,"
            + "\"mustMillis\":%s,\"aimMillis\":%s}",
        Machine.quoted(name),
        min,
        median,
        max,
        must == 0 ? "null" : must,
        aim == 0 ? "null" : aim);
  }
}
