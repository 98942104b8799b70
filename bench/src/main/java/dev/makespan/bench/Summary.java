package dev.makespan.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Averages over all instances.
 *
 * @param aboveBest percent, as is {@code aboveCriticalPath}
 * @param spread standard deviation of {@code aboveBest}
 */
record Summary(
    int instances,
    double aboveBest,
    double spread,
    double aboveCriticalPath,
    long bestMet,
    long provenByBounds,
    long provenBySearch,
    double schedules,
    double meanMillis,
    double maxMillis) {

  static Summary of(List<Measured> measured) {
    double aboveBest = mean(measured, Measured::aboveBest);
    double variance = mean(measured, one -> Math.pow(one.aboveBest() - aboveBest, 2));
    return new Summary(
        measured.size(),
        aboveBest,
        Math.sqrt(variance),
        mean(measured, Measured::aboveCriticalPath),
        measured.stream().filter(one -> one.makespan() <= one.known().makespan()).count(),
        measured.stream().filter(one -> one.proof() == Measured.Proof.BOUNDS).count(),
        measured.stream().filter(one -> one.proof() == Measured.Proof.SEARCH).count(),
        mean(measured, one -> (double) one.schedules()),
        mean(measured, Measured::millis),
        measured.stream().mapToDouble(Measured::millis).max().orElse(0));
  }

  private static double mean(List<Measured> measured, ToDoubleFunction<Measured> figure) {
    return measured.stream().mapToDouble(figure).average().orElse(0);
  }

  String text(Machine machine) {
    return String.format(
        Locale.ROOT,
        """
        %s
        instances            %d
        above best known     %.3f %% on average, spread %.3f
        above critical path  %.2f %% on average
        best known met       %d
        proven               %d: by own bounds %d, by own search %d
        schedules            %.0f on average
        time                 %.1f ms on average, %.1f at most\
        """,
        machine.text(),
        instances,
        aboveBest,
        spread,
        aboveCriticalPath,
        bestMet,
        provenByBounds + provenBySearch,
        provenByBounds,
        provenBySearch,
        schedules,
        meanMillis,
        maxMillis);
  }

  String json(Machine machine, @Nullable Comparison comparison) {
    return String.format(
        Locale.ROOT,
        "{\"machine\":%s,\"instances\":%d,\"aboveBestPercent\":%.4f,\"spread\":%.4f,"
            + "\"aboveCriticalPathPercent\":%.4f,\"bestMet\":%d,\"proven\":%d,"
            + "\"provenByBounds\":%d,\"provenBySearch\":%d,"
            + "\"meanSchedules\":%.1f,\"meanMillis\":%.3f,\"maxMillis\":%.3f%s}",
        machine.json(),
        instances,
        aboveBest,
        spread,
        aboveCriticalPath,
        bestMet,
        provenByBounds + provenBySearch,
        provenByBounds,
        provenBySearch,
        schedules,
        meanMillis,
        maxMillis,
        comparison == null ? "" : ",\"yardstick\":" + comparison.json());
  }
}
