package dev.makespan.bench.dispatch;

import dev.makespan.bench.Machine;
import java.util.Arrays;
import java.util.Locale;

/** What was measured over several repetitions, beside what is wanted. */
record Reading(String name, String unit, double min, double median, double max, Goal goal) {

  /**
   * What is wanted of the median.
   *
   * @param must what has to be reached; NaN: nothing is asked
   * @param aim what is hoped for
   * @param least whether these are lower bounds
   */
  record Goal(double must, double aim, boolean least) {

    static final Goal NONE = new Goal(Double.NaN, Double.NaN, true);

    static Goal atLeast(double must, double aim) {
      return new Goal(must, aim, true);
    }

    static Goal atMost(double must, double aim) {
      return new Goal(must, aim, false);
    }

    private boolean isReached(double goal, double value) {
      return least ? value >= goal : value <= goal;
    }

    /** "aim", "must", or "missed"; empty: nothing is asked. */
    String verdict(double value) {
      if (Double.isNaN(must)) {
        return "";
      }
      return isReached(aim, value) ? "aim" : isReached(must, value) ? "must" : "missed";
    }
  }

  /** {@code values}: at least one. */
  static Reading of(String name, String unit, double[] values, Goal goal) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int last = sorted.length - 1;
    double median = (sorted[last / 2] + sorted[sorted.length / 2]) / 2;
    return new Reading(name, unit, sorted[0], median, sorted[last], goal);
  }

  static Reading of(String name, String unit, double value, Goal goal) {
    return of(name, unit, new double[] {value}, goal);
  }

  static String heading() {
    return row("", "unit", "min", "median", "max", "must", "aim", "reached");
  }

  String text() {
    return row(
        name,
        unit,
        shown(min),
        shown(median),
        shown(max),
        shown(goal.must),
        shown(goal.aim),
        goal.verdict(median));
  }

  private static String row(
      String name,
      String unit,
      String min,
      String median,
      String max,
      String must,
      String aim,
      String reached) {
    return String.format(
            Locale.ROOT,
            "%-46s %-8s %10s %10s %10s %8s %8s %s",
            name,
            unit,
            min,
            median,
            max,
            must,
            aim,
            reached)
        .stripTrailing();
  }

  private static String shown(double value) {
    if (Double.isNaN(value)) {
      return "-";
    }
    return String.format(Locale.ROOT, Math.abs(value) < 100 ? "%,.2f" : "%,.0f", value);
  }

  String json() {
    return String.format(
        Locale.ROOT,
        "{\"name\":%s,\"unit\":%s,\"min\":%.4f,\"median\":%.4f,\"max\":%.4f,"
            + "\"must\":%s,\"aim\":%s,\"reached\":%s}",
        Machine.quoted(name),
        Machine.quoted(unit),
        min,
        median,
        max,
        orNull(goal.must),
        orNull(goal.aim),
        Machine.quoted(goal.verdict(median)));
  }

  private static String orNull(double value) {
    return Double.isNaN(value) ? "null" : String.format(Locale.ROOT, "%.4f", value);
  }
}
