package dev.makespan.bench;

import java.util.List;
import java.util.Locale;

/**
 * Our schedules beside those of a yardstick, at equal time.
 *
 * @param found instances for which the yardstick has a schedule; the averages are of these
 * @param above percent that its schedules are longer than ours, on average; negative: shorter
 * @param spread standard deviation of {@code above}
 * @param shorter instances of which ours is shorter, or the only one
 * @param longer instances of which its is shorter
 */
record Comparison(
    String yardstick,
    int instances,
    int found,
    double above,
    double spread,
    double aboveCriticalPath,
    int shorter,
    int longer,
    int proven,
    double meanMillis) {

  /**
   * One instance.
   *
   * @param theirs the yardstick's makespan; 0: it found none
   */
  record Pair(long criticalPath, long ours, long theirs, boolean proven, double millis) {
    private double above() {
      return 100.0 * (theirs - ours) / ours;
    }

    private double aboveCriticalPath() {
      return 100.0 * (theirs - criticalPath) / criticalPath;
    }
  }

  static Comparison of(String yardstick, List<Pair> pairs) {
    List<Pair> found = pairs.stream().filter(pair -> pair.theirs() > 0).toList();
    double above = found.stream().mapToDouble(Pair::above).average().orElse(0);
    double variance =
        found.stream().mapToDouble(pair -> Math.pow(pair.above() - above, 2)).average().orElse(0);
    return new Comparison(
        yardstick,
        pairs.size(),
        found.size(),
        above,
        Math.sqrt(variance),
        found.stream().mapToDouble(Pair::aboveCriticalPath).average().orElse(0),
        (int) pairs.stream().filter(p -> p.theirs() == 0 || p.ours() < p.theirs()).count(),
        (int) found.stream().filter(pair -> pair.theirs() < pair.ours()).count(),
        (int) pairs.stream().filter(Pair::proven).count(),
        pairs.stream().mapToDouble(Pair::millis).average().orElse(0));
  }

  String text() {
    return String.format(
        Locale.ROOT,
        """
        %s, one worker, equal time
        schedules found      %d of %d
        above ours           %.3f %% on average, spread %.3f
        above critical path  %.2f %% on average
        ours shorter         %d, as long %d, longer %d
        proven               %d
        time                 %.1f ms on average\
        """,
        yardstick,
        found,
        instances,
        above,
        spread,
        aboveCriticalPath,
        shorter,
        instances - shorter - longer,
        longer,
        proven,
        meanMillis);
  }

  String json() {
    return String.format(
        Locale.ROOT,
        "{\"name\":\"%s\",\"found\":%d,\"aboveOursPercent\":%.4f,\"spread\":%.4f,"
            + "\"aboveCriticalPathPercent\":%.4f,\"oursShorter\":%d,\"oursLonger\":%d,"
            + "\"proven\":%d,\"meanMillis\":%.3f}",
        yardstick,
        found,
        above,
        spread,
        aboveCriticalPath,
        shorter,
        longer,
        proven,
        meanMillis);
  }
}
